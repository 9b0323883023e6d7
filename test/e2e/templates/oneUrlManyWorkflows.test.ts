import { TemplateHarness, personalEvent } from '../../support/templateHarness';

const TEMPLATE = '5-one-url-many-workflows';
const RUNS = {
	'Run: invitation accepted': '5a-invitation-accepted',
	'Run: assessment completed': '5b-assessment-completed',
	'Run: career navigation': '5c-career-navigation',
};
const SUB_WORKFLOWS = Object.values(RUNS);

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	for (const template of SUB_WORKFLOWS) await harness.publishTemplate(template);
	const workflowIds = Object.fromEntries(
		Object.entries(RUNS).map(([node, template]) => [node, harness.workflowOf(template).id]),
	);
	await harness.publishTemplate(TEMPLATE, undefined, { workflowIds });
});

it('runs the workflow of each event once', async () => {
	const started = harness.mail.mails.length;
	await harness.deliverInTurn(TEMPLATE, [
		personalEvent('invitation.accepted'),
		personalEvent('test_taker.assessment_completed'),
		personalEvent('career_navigation_profile.created'),
	]);
	for (const template of SUB_WORKFLOWS) {
		const executions = await harness.rest.finishedExecutions(harness.workflowOf(template).id, 1);
		expect(executions.map(({ status, mode }) => ({ status, mode }))).toEqual([
			{ status: 'success', mode: 'integrated' },
		]);
	}
	expect(harness.mail.mails.slice(started).map(({ subject }) => subject)).toEqual([
		'Linda Sample has accepted the invitation',
		'Linda Sample has completed an assessment',
		'Career navigation of Linda Sample',
	]);
});
