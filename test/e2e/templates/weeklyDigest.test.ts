import { lastAssessment, TemplateHarness, personalEvent } from '../../support/templateHarness';

const PEOPLE = '7-no-google-account';
const TEMPLATE = '10-weekly-digest';
const ON_MONDAYS = 'Every Monday at 7';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE);
});

it('says so while nobody was invited yet', async () => {
	const digest = await mailOfARun();
	expect(digest?.text).toContain('- nobody is in the table yet');
	expect(digest?.text).toContain('Without a step for 7 days or more:\n- nobody');
});

it('counts by team, and names who is stuck', async () => {
	const sales = { id: 101, display_name: 'Sales <North>' };
	const assigned = jofiAssessments();
	await harness.publishTemplate(PEOPLE);
	await harness.deliverInTurn(PEOPLE, [
		personalEvent('invitation.created', {
			id: 1,
			person_id: 'APPLICANT-1',
			created_at: daysAgo(1),
			accepted_at: null,
		}),
		personalEvent('invitation.created', {
			id: 2,
			person_id: 'APPLICANT-2',
			first_name: '<b>Ann',
			created_at: daysAgo(9.5),
			accepted_at: null,
			team: sales,
		}),
		personalEvent('invitation.accepted', {
			id: 3,
			person_id: 'APPLICANT-3',
			created_at: daysAgo(6),
			accepted_at: daysAgo(5),
			team: sales,
		}),
		personalEvent('invitation.accepted', {
			id: 4,
			person_id: 'APPLICANT-4',
			first_name: 'Stuck',
			created_at: daysAgo(30),
			accepted_at: daysAgo(25),
			team: sales,
		}),
		personalEvent('test_taker.assessment_completed', {
			id: 1004,
			person_id: 'APPLICANT-4',
			invitation_id: 4,
			first_name: 'Stuck',
			invitation_created_at: daysAgo(30),
			team: sales,
			assigned_assessments: assigned(20.5, undefined),
		}),
		lastAssessment({
			id: 1005,
			person_id: 'APPLICANT-5',
			invitation_id: 5,
			invitation_created_at: daysAgo(20),
			team: sales,
			assigned_assessments: assigned(12, 2),
		}),
		lastAssessment({
			id: 1006,
			person_id: 'APPLICANT-6',
			invitation_id: 6,
			invitation_created_at: daysAgo(60),
			team: sales,
			assigned_assessments: assigned(50, 40),
		}),
	]);

	const digest = await mailOfARun();
	expect(digest?.subject).toMatch(/^JOFI: the week until \d{4}-\d\d-\d\d$/);
	expect(digest?.text).toBe(
		[
			'The past seven days:',
			'- No team: 1 invited, 0 accepted, 0 finished',
			'- Sales <North>: 1 invited, 1 accepted, 1 finished',
			'',
			'Without a step for 7 days or more:',
			'- Stuck Sample (Sales <North>): JOFI Personality Traits: completed; JOFI Thinking Skills: in progress, for 20 days',
			'- <b>Ann Sample (Sales <North>): has not accepted the invitation, for 9 days',
			'',
		].join('\n'),
	);
	const cells = [...String(digest?.html).matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(
		([, cell]) => cell,
	);
	expect(cells.slice(0, 8)).toEqual([
		...['No team', '1', '0', '0'],
		...['Sales &#60;North&#62;', '1', '1', '1'],
	]);
	expect(cells).toContain('&#60;b&#62;Ann Sample');
	expect(digest?.html).not.toContain('<b>');
});

async function mailOfARun() {
	const mails = await harness.mailsOfRun(TEMPLATE, ON_MONDAYS);
	expect(mails).toHaveLength(1);
	return mails[0];
}

function daysAgo(days: number): string {
	return new Date(Date.now() - days * 86_400_000).toISOString();
}

/** Two assessments: one completed so many days ago, the other too, or only begun. */
function jofiAssessments() {
	const { assigned_assessments: all } = personalEvent('test_taker.assessment_completed').data
		.object;
	const [personality, thinking] = all as Array<Record<string, unknown>>;
	return (first: number, second: number | undefined) => [
		{ ...personality, completed_at: daysAgo(first) },
		{ ...thinking, completed_at: second === undefined ? null : daysAgo(second) },
	];
}
