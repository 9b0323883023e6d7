/**
 * What the pictures of the JOFI node show: each operation, how it is filled in, and whom JOFI knows. JOFI is
 * played by the stand-in of the tests; the people are invented, and so are their scores.
 */
import type { INodeProperties } from 'n8n-workflow';
import { account } from '../../nodes/Jofi/actions/account';
import { careerNavigationProfile } from '../../nodes/Jofi/actions/careerNavigationProfile';
import { invitation } from '../../nodes/Jofi/actions/invitation';
import type { Question, Resource } from '../../nodes/Jofi/actions/operation';
import { testTaker } from '../../nodes/Jofi/actions/testTaker';
import { JOFI_HOST, JofiApi, type Person } from '../../test/support/outside/jofiApi';
import { emailOf, PEOPLE } from './people';

/** How n8n shows what a node gives. */
export type View = 'schema' | 'table' | 'json';

export interface Scene {
	/** The name of the picture. */
	picture: string;
	/** What the node is set to, beside what it is when new. */
	parameters: { resource: string; operation: string } & Record<string, unknown>;
	view: View;
	/** How high the picture may be, where n8n shows more than fits. */
	atMost?: number;
	/** The column that the table is scrolled to. */
	firstColumn?: string;
}

const RESOURCES: Record<string, Resource> = {
	account,
	careerNavigationProfile,
	invitation,
	testTaker,
};

/** Shorter than they are, so that the field of the node shows all of it. */
const PRODUCTION_URL = 'https://n8n.example.com/webhook/3f2a6c0e/jofi';

const chosen = (value: unknown, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});

const scoreProfile = chosen('JOFI-112-CE', 'Management Zone 2 (JOFI-112-CE)');

/** JOFI with five people at different steps; the last one is through. */
export function jofiWithPeople(): JofiApi {
	const jofi = new JofiApi();
	jofi.users = [
		{ id: 44444, first_name: 'Jane', last_name: 'Doe' },
		{ id: 44445, first_name: 'Joe', last_name: 'Day' },
	].map((user) => ({ ...user, email: emailOf(user) }));
	jofi.webhookEndpoint = PRODUCTION_URL;
	const people = PEOPLE.map((person) =>
		jofi.invite({ ...person, email: emailOf(person), custom_id: 'REQ-1042' }),
	);
	const steps: Array<(person: Person) => Person> = [
		(person) => person,
		(person) => jofi.accept(person),
		(person) => jofi.complete(person),
		(person) => jofi.createProfile(person),
		(person) => jofi.createProfile(jofi.complete(person)),
	];
	people.forEach((person, index) => steps[index]?.(person));
	return jofi;
}

/** The scenes, with the ids of those who are at a given JOFI. */
export function scenesAt({ people }: JofiApi): Scene[] {
	const furthest = people.at(-1);
	const testTakerId = String(furthest?.testTakerId);
	const invitationId = String(furthest?.invitationId);
	return [
		{
			picture: 'jofi-account-get.png',
			parameters: { resource: 'account', operation: 'get' },
			view: 'schema',
		},
		{
			picture: 'jofi-account-check-webhook.png',
			parameters: {
				resource: 'account',
				operation: 'checkWebhook',
				productionUrl: PRODUCTION_URL,
			},
			view: 'schema',
		},
		{
			picture: 'jofi-invitation-get.png',
			parameters: { resource: 'invitation', operation: 'get', invitationId },
			view: 'table',
		},
		{
			picture: 'jofi-invitation-get-many.png',
			parameters: { resource: 'invitation', operation: 'getAll' },
			view: 'table',
		},
		{
			picture: 'jofi-test-taker-get.png',
			parameters: { resource: 'testTaker', operation: 'get', testTakerId },
			view: 'schema',
		},
		{
			picture: 'jofi-test-taker-get-many.png',
			parameters: { resource: 'testTaker', operation: 'getAll' },
			view: 'table',
		},
		{
			picture: 'jofi-scorecard.png',
			parameters: { resource: 'testTaker', operation: 'getScorecard', testTakerId, scoreProfile },
			view: 'json',
			atMost: 715,
		},
		{
			picture: 'jofi-scorecard-rows.png',
			parameters: {
				resource: 'testTaker',
				operation: 'getScorecard',
				testTakerId,
				scoreProfile,
				rows: 'scores',
			},
			view: 'table',
			firstColumn: 'score_name',
		},
		{
			picture: 'jofi-career-navigation-profile-get.png',
			parameters: {
				resource: 'careerNavigationProfile',
				operation: 'get',
				careerNavigationProfileId: String(furthest?.profileId),
			},
			view: 'table',
		},
		{
			picture: 'jofi-career-navigation-profile-get-many.png',
			parameters: { resource: 'careerNavigationProfile', operation: 'getAll' },
			view: 'table',
		},
		// The last one, since it adds a person.
		{
			picture: 'jofi-invitation-create.png',
			parameters: {
				resource: 'invitation',
				operation: 'create',
				createdByUserEmail: chosen('jane.doe@example.com', 'Jane Doe (jane.doe@example.com)'),
				firstName: 'Ann',
				lastName: 'Lee',
				email: 'ann.lee@example.com',
				personId: 'APPLICANT-20016',
				additionalFields: { customId: 'REQ-1042', teamId: chosen(101, 'Sales') },
			},
			view: 'schema',
		},
	];
}

/**
 * What the node shows in a scene.
 *
 * @returns the parameters that there are then, what is filled in, and what the node gives
 */
export async function shownIn({ parameters }: Scene): Promise<unknown> {
	const jofi = jofiWithPeople();
	const resource = RESOURCES[parameters.resource];
	const operation = resource?.operations[parameters.operation];
	if (!operation) throw new Error(`There is no ${parameters.operation} of ${parameters.resource}`);
	const shown = resource.properties.filter((property) => isShown(property, parameters));
	const result = await operation({
		parameter: (name) =>
			parameters[name] ?? shown.find((property) => property.name === name)?.default,
		ask: async (question) => await Promise.resolve(answer(jofi, question)),
	});
	return [
		shown.map(({ displayName, hint, placeholder }) => [displayName, hint, placeholder]),
		parameters,
		result,
	];
}

function isShown(
	{ displayOptions }: INodeProperties,
	parameters: Record<string, unknown>,
): boolean {
	return Object.entries(displayOptions?.show ?? {}).every(([name, values]) =>
		values?.some((value) => value === parameters[name]),
	);
}

function answer(jofi: JofiApi, { method, path, query, body }: Question): unknown {
	const url = new URL(`https://${JOFI_HOST}/api/v2${path}?${new URLSearchParams(query ?? {})}`);
	const reply = jofi.api({
		method: method ?? 'GET',
		url,
		headers: { authorization: `Bearer ${jofi.liveKey}` },
		body: JSON.stringify(body ?? null),
	});
	if (!('json' in reply)) throw new Error(`JOFI gives no JSON for ${path}`);
	return reply.json;
}
