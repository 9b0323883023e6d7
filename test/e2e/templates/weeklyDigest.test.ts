import { accepted, completed, invited } from '../../support/life';
import { daysAgo, personalEvent, TemplateHarness } from '../../support/templateHarness';

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
	const team = { id: 101, display_name: 'Sales <North>' };
	await harness.publishTemplate(PEOPLE);
	await harness.deliverAtOnce(PEOPLE, [
		invited(1, 1),
		invited(2, 9.5, { first_name: '<b>Ann', team }),
		accepted(3, 6, { accepted_at: daysAgo(5), team }),
		accepted(4, 30, { first_name: 'Stuck', accepted_at: daysAgo(25), team }),
		completed(4, 30, { first_name: 'Stuck', team, ...assigned(20.5, undefined) }),
		completed(5, 20, { team, ...assigned(12, 2) }),
		completed(6, 60, { team, ...assigned(50, 40) }),
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

/** Two assessments: one completed so many days ago, the other too, or only begun. */
function assigned(first: number, second: number | undefined) {
	const { object } = personalEvent('test_taker.assessment_completed').data;
	const [personality, thinking] = object.assigned_assessments as Array<Record<string, unknown>>;
	return {
		assigned_assessments: [
			{ ...personality, completed_at: daysAgo(first) },
			{ ...thinking, completed_at: second === undefined ? null : daysAgo(second) },
		],
	};
}
