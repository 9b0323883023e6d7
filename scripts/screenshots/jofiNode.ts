/** Pictures of the JOFI node: how it is filled in, and what it returns. JOFI is the fake of the tests. */
import { JofiApi, type Person } from '../../test/support/outside/jofiApi';
import { byHandWorkflow, JOFI_NAME, jofiNode } from '../../test/support/workflows';
import { PEOPLE } from './people';
import { areaOfNode, keep, type Studio, type Taker } from './studio';

interface Scene {
	picture: string;
	/** Beside what a new node is set to. */
	parameters: Record<string, unknown>;
	/** How n8n shows what the node returns. */
	view: 'schema' | 'table';
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

const SCENES: Scene[] = [
	{
		picture: 'jofi-account-check-webhook.webp',
		parameters: { resource: 'account', operation: 'checkWebhook', productionUrl: PRODUCTION_URL },
		view: 'schema',
	},
	{
		picture: 'jofi-test-taker-get-many.webp',
		parameters: { resource: 'testTaker', operation: 'getAll' },
		view: 'table',
	},
	{
		picture: 'jofi-scorecard-rows.webp',
		parameters: {
			resource: 'testTaker',
			operation: 'getScorecard',
			testTakerId: String(jofiWithPeople().people.at(-1)?.testTakerId),
			scoreProfile: chosen('JOFI-112-CE', 'Management Zone 2 (JOFI-112-CE)'),
			rows: 'scores',
		},
		view: 'table',
		firstColumn: 'score_name',
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

export const JOFI_NODE_TAKERS: Taker[] = SCENES.map((one) => ({
	names: [one.picture],
	take: async (studio) => await takeScene(studio, one),
}));

async function takeScene(studio: Studio, one: Scene): Promise<void> {
	const { editor, page, rest, apiCredential } = studio;
	const { picture, parameters, view, firstColumn } = one;
	const node = jofiNode(parameters, apiCredential);
	const { id } = await rest.createWorkflow(byHandWorkflow('Ask JOFI', [node]));
	// High enough for all that a node shows of one person.
	await page.setViewportSize({ width: 1440, height: 1500 });
	await editor.openNode(id, JOFI_NAME);
	await editor.widenOutput();
	await editor.executeNode();
	await editor.closeMessages();
	await editor.output.getByTestId(`radio-button-${view}`).click();
	await page.waitForTimeout(500);
	await keep(picture, page, await areaOfNode(page, firstColumn));
}
