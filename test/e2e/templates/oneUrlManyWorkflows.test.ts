import { Office, personalEvent } from '../../support/office';

const TEMPLATE = '5-one-url-many-workflows';
const SUB_WORKFLOWS = ['5a-invitation-accepted', '5b-assessment-completed', '5c-career-navigation'];

let office: Office;

beforeAll(async () => {
	office = await Office.open();
	for (const template of SUB_WORKFLOWS) await office.use(template);
	await office.use(TEMPLATE);
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
