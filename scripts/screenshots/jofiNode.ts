/** Pictures of the JOFI node: each operation, how it is filled in, and what it returns. JOFI is the fake of the tests. */
import { JofiApi, type Person } from '../../test/support/outside/jofiApi';
import { byHandWorkflow, JOFI_NAME, jofiNode } from '../../test/support/workflows';
import { PEOPLE } from './people';
import { areaOfNode, keep, type Studio, type Taker } from './studio';

/** How n8n shows what a node returns. */
type View = 'schema' | 'table' | 'json';

interface Scene {
	picture: string;
	resource: string;
	operation: string;
	/** Beside what a new node is set to. */
	parameters?: Record<string, unknown>;
	view: View;
	/** How high the picture may be, where n8n shows more than fits. */
	atMost?: number;
	/** The column that the table is scrolled to. */
	firstColumn?: string;
}

/** Short, so that the field shows all of it. */
const PRODUCTION_URL = 'https://n8n.example.com/webhook/3f2a6c0e/jofi';

const chosen = (value: unknown, cachedResultName: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});

/** JOFI with five people at different steps; the last one is through. */
export function jofiWithPeople(): JofiApi {
	const jofi = new JofiApi();
	jofi.users = [
		{ id: 44444, first_name: 'Jane', last_name: 'Doe', email: 'jane.doe@example.com' },
		{ id: 44445, first_name: 'Joe', last_name: 'Day', email: 'joe.day@example.com' },
	];
	jofi.webhookEndpoint = PRODUCTION_URL;
	const people = PEOPLE.map((person) => jofi.invite({ ...person, custom_id: 'REQ-1042' }));
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

const furthest = jofiWithPeople().people.at(-1);
const testTakerId = String(furthest?.testTakerId);
const profileId = String(furthest?.profileId);
const scorecard = {
	testTakerId,
	scoreProfile: chosen('JOFI-112-CE', 'Management Zone 2 (JOFI-112-CE)'),
};
const invited = {
	createdByUserEmail: chosen('jane.doe@example.com', 'Jane Doe (jane.doe@example.com)'),
	firstName: 'Ann',
	lastName: 'Lee',
	email: 'ann.lee@example.com',
	personId: 'APPLICANT-20016',
	additionalFields: { customId: 'REQ-1042', teamId: chosen(101, 'Sales') },
};

/** A scene of an operation in its usual picture. */
const scene = (
	picture: string,
	[resource, operation]: [string, string],
	view: View,
	more: Partial<Scene> = {},
): Scene => ({ picture: `jofi-${picture}.webp`, resource, operation, view, ...more });

const PROFILE = 'careerNavigationProfile';

const SCENES = [
	scene('account-get', ['account', 'get'], 'schema'),
	scene('account-check-webhook', ['account', 'checkWebhook'], 'schema', {
		parameters: { productionUrl: PRODUCTION_URL },
	}),
	scene('invitation-get', ['invitation', 'get'], 'table', {
		parameters: { invitationId: String(furthest?.invitationId) },
	}),
	scene('invitation-get-many', ['invitation', 'getAll'], 'table'),
	scene('test-taker-get', ['testTaker', 'get'], 'schema', { parameters: { testTakerId } }),
	scene('test-taker-get-many', ['testTaker', 'getAll'], 'table'),
	scene('scorecard', ['testTaker', 'getScorecard'], 'json', {
		parameters: scorecard,
		atMost: 715,
	}),
	scene('scorecard-rows', ['testTaker', 'getScorecard'], 'table', {
		parameters: { ...scorecard, rows: 'scores' },
		firstColumn: 'score_name',
	}),
	scene('career-navigation-profile-get', [PROFILE, 'get'], 'table', {
		parameters: { careerNavigationProfileId: profileId },
	}),
	scene('career-navigation-profile-get-many', [PROFILE, 'getAll'], 'table'),
	// The last one, since it adds a person.
	scene('invitation-create', ['invitation', 'create'], 'schema', { parameters: invited }),
];

export const JOFI_NODE_TAKERS: Taker[] = SCENES.map((one) => ({
	names: [one.picture],
	take: async (studio) => await takeScene(studio, one),
}));

async function takeScene(studio: Studio, one: Scene): Promise<void> {
	const { editor, page, rest, apiCredential } = studio;
	const { picture, resource, operation, parameters, view, atMost, firstColumn } = one;
	const node = jofiNode({ resource, operation, ...parameters }, apiCredential);
	const { id } = await rest.createWorkflow(byHandWorkflow('Ask JOFI', [node]));
	// High enough for all that a node shows of one person.
	await page.setViewportSize({ width: 1440, height: 1500 });
	await editor.openNode(id, JOFI_NAME);
	await editor.widenOutput();
	await editor.executeNode();
	await editor.closeMessages();
	await editor.output.getByTestId(`radio-button-${view}`).click();
	await page.waitForTimeout(500);
	await keep(picture, page, await areaOfNode(page, atMost, firstColumn));
}
