/** The JOFI node in the real editor, as a person uses it. JOFI is played on loopback. */
import { Editor } from '../support/editor';
import { sharedTestServer, type TestServer } from '../support/n8n/testServer';
import { FakeInternet } from '../support/outside/internet';
import { JOFI_HOST, JofiApi } from '../support/outside/jofiApi';
import { byHandWorkflow, jofiNode } from '../support/workflows';

const jofi = new JofiApi();
let internet: FakeInternet;
let n8n: TestServer;
let editor: Editor;
/** The editor takes seconds to load one, so the tests share it. */
let workflow: { id: string } | undefined;

beforeAll(async () => {
	const shared = await sharedTestServer();
	n8n = shared;
	// For the first credential n8n's editor has a button of its own.
	await n8n.rest.deleteAllCredentials();
	internet = await FakeInternet.start({ [JOFI_HOST]: jofi.api }, shared.internet);
	editor = await Editor.start(n8n);
});

afterAll(async () => {
	await editor?.close();
	await internet?.stop();
});

/** Opens one of the JOFI nodes of a workflow that is run by hand. */
async function openNode(name: 'Get Scorecard' | 'Get Nobody' | 'Get Many'): Promise<void> {
	workflow ??= await createWorkflow();
	await editor.openNode(workflow.id, name);
}

async function createWorkflow() {
	const testTakerId = String(jofi.complete(jofi.invite()).testTakerId);
	const nodes = {
		'Get Scorecard': { resource: 'testTaker', operation: 'getScorecard', testTakerId },
		'Get Nobody': { resource: 'testTaker', operation: 'get', testTakerId: '1' },
		'Get Many': { resource: 'invitation', operation: 'getAll' },
	};
	const credential = await n8n.rest.createCredential('jofiApi', { apiKey: jofi.liveKey });
	const sideBySide = Object.entries(nodes).map(([name, parameters], index) =>
		jofiNode(parameters, credential, { name, position: [220, index * 200] }),
	);
	return await n8n.rest.createWorkflow(byHandWorkflow('JOFI nodes', sideBySide));
}

test('from the node search to an invitation', async () => {
	await editor.newWorkflow();
	await editor.findNode('scorecard', 'JOFI');
	await editor.addNodeFromSearch('invite', 'JOFI', 'Create an invitation');

	await editor.startFirstCredential('JOFI');
	await editor.fillParameter('apiKey', 'sk_live_of_nobody');
	await editor.saveRefusedCredential(/JOFI does not know this API key/);
	await editor.fillParameter('apiKey', jofi.liveKey);
	await editor.saveCredential();

	const { page } = editor;
	await page.getByText('Leave Retry On Fail (under Settings) off').waitFor();
	await editor.chooseFromList('createdByUserEmail', 'Joe Coach');
	await editor.fillParameter('firstName', 'Ann');
	await editor.fillParameter('lastName', 'Example');
	await editor.fillParameter('email', 'ann@example.com');
	await editor.addField('Team');
	await editor.chooseFromList('teamId', 'Sales');
	await editor.executeNode();

	expect((await editor.outputColumns()).slice(0, 4)).toEqual([
		'first_name',
		'last_name',
		'full_name',
		'email',
	]);
	expect(await editor.outputText()).toContain('Ann Example');
	expect(jofi.people).toMatchObject([
		{ created_by_user_email: 'joe.coach@jofiscore.com', team_id: 101 },
	]);
});

test('a scorecard in both shapes, with a score profile from the list', async () => {
	await openNode('Get Scorecard');
	expect(await editor.chooseFromList('scoreProfile', 'Management Zone 2')).toEqual([
		'Administrative Support (JOFI-295-AS)',
		'Management Zone 2 (JOFI-112-CE)',
	]);
	await editor.executeNode();
	expect(await editor.outputText()).toContain('thinking_skills');

	await editor.chooseOption('rows', 'One Row per Score');
	await editor.executeNode();
	await editor.page.getByText('6 items').first().waitFor();
	expect(await editor.outputColumns()).toEqual(
		expect.arrayContaining(['section', 'score_name', 'parent_score_name', 'test_taker_score']),
	);
});

test('an error says what happened and what to do; a list tells how much there is', async () => {
	await openNode('Get Nobody');
	await editor.executeNode();
	await editor.waitForError(/Test taker not found/);

	await openNode('Get Many');
	await editor.executeNode();
	await editor.page
		.getByText(`JOFI has ${jofi.people.length} invitations in all and lists`)
		.first()
		.waitFor();
});
