import { Office, personalEvent } from '../../support/office';

const TEMPLATE = '5-one-url-many-workflows';
const RUNS = {
	'Run: invitation accepted': '5a-invitation-accepted',
	'Run: assessment completed': '5b-assessment-completed',
	'Run: career navigation': '5c-career-navigation',
};
const SUB_WORKFLOWS = Object.values(RUNS);

let office: Office;

beforeAll(async () => {
	office = await Office.open();
	for (const template of SUB_WORKFLOWS) await office.use(template);
	const workflowIds = Object.fromEntries(
		Object.entries(RUNS).map(([node, template]) => [node, office.workflowOf(template).id]),
	);
	await office.use(TEMPLATE, undefined, { workflowIds });
});

afterAll(async () => {
	await office?.close();
});

it('runs the workflow of each event once', async () => {
	const started = office.mail.mails.length;
	await office.runs(TEMPLATE, [
		personalEvent('invitation.accepted'),
		personalEvent('test_taker.assessment_completed'),
		personalEvent('career_navigation_profile.created'),
	]);
	for (const template of SUB_WORKFLOWS) {
		const executions = await office.rest.finishedExecutions(office.workflowOf(template).id, 1);
		expect(executions.map(({ status, mode }) => ({ status, mode }))).toEqual([
			{ status: 'success', mode: 'integrated' },
		]);
	}
	expect(office.mail.mails.slice(started).map(({ subject }) => subject)).toEqual([
		'Linda Sample has accepted the invitation',
		'Linda Sample has completed an assessment',
		'Career navigation of Linda Sample',
	]);
});
