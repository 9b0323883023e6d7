/**
 * What the pictures of the JOFI node show: each operation, how it is filled in, and whom JOFI knows. JOFI is
 * played by the stand-in of the tests; the people are invented, and so are their scores.
 */
import { JofiApi, type Person } from '../../test/support/outside/jofiApi';
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
			picture: 'jofi-account-get.webp',
			parameters: { resource: 'account', operation: 'get' },
			view: 'schema',
		},
		{
			picture: 'jofi-account-check-webhook.webp',
			parameters: {
				resource: 'account',
				operation: 'checkWebhook',
				productionUrl: PRODUCTION_URL,
			},
			view: 'schema',
		},
		{
			picture: 'jofi-invitation-get.webp',
			parameters: { resource: 'invitation', operation: 'get', invitationId },
			view: 'table',
		},
		{
			picture: 'jofi-invitation-get-many.webp',
			parameters: { resource: 'invitation', operation: 'getAll' },
			view: 'table',
		},
		{
			picture: 'jofi-test-taker-get.webp',
			parameters: { resource: 'testTaker', operation: 'get', testTakerId },
			view: 'schema',
		},
		{
			picture: 'jofi-test-taker-get-many.webp',
			parameters: { resource: 'testTaker', operation: 'getAll' },
			view: 'table',
		},
		{
			picture: 'jofi-scorecard.webp',
			parameters: { resource: 'testTaker', operation: 'getScorecard', testTakerId, scoreProfile },
			view: 'json',
			atMost: 715,
		},
		{
			picture: 'jofi-scorecard-rows.webp',
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
			picture: 'jofi-career-navigation-profile-get.webp',
			parameters: {
				resource: 'careerNavigationProfile',
				operation: 'get',
				careerNavigationProfileId: String(furthest?.profileId),
			},
			view: 'table',
		},
		{
			picture: 'jofi-career-navigation-profile-get-many.webp',
			parameters: { resource: 'careerNavigationProfile', operation: 'getAll' },
			view: 'table',
		},
		// The last one, since it adds a person.
		{
			picture: 'jofi-invitation-create.webp',
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
