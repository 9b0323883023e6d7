import { FORGED_LINES, lastAssessment, TemplateHarness } from '../../support/templateHarness';

const TEMPLATE = '12-by-team';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE);
});

it('makes the table of teams, and writes to the common address while it is empty', async () => {
	await harness.deliverInTurn(TEMPLATE, [finished('Recruiting')]);
	expect(await harness.tableRows('jofi teams')).toEqual([]);
	expect(harness.mail.mails.map(receivers)).toEqual([['recruiting@example.com']]);
	expect(harness.mail.mails[0]?.subject).toBe('Linda Sample has finished all assessments');
	expect(harness.mail.mails[0]?.text).toContain('Team: Recruiting');
});

it('writes to the address of the team', async () => {
	await harness.addRows('jofi teams', [
		{ team_name: 'Recruiting', email: 'recruiters@example.com' },
		{ team_name: 'sales', email: 'sales@example.com, boss@example.com' },
		{ team_name: 'Sales', email: 'second@example.com' },
		{ team_name: 'Nobody', email: null },
	]);
	const before = harness.mail.mails.length;
	await harness.deliverInTurn(TEMPLATE, [
		finished('Recruiting'),
		finished('Sales'),
		finished('Nobody'),
		finished('Unknown'),
		finished(null),
	]);
	expect(harness.mail.mails.slice(before).map(receivers)).toEqual([
		['recruiters@example.com'],
		['sales@example.com', 'boss@example.com', 'second@example.com'],
		['recruiting@example.com'],
		['recruiting@example.com'],
		['recruiting@example.com'],
	]);
});

it('keeps the name of a person and of a team within their lines', async () => {
	await harness.deliverInTurn(TEMPLATE, [lastAssessment(FORGED_LINES)]);
	const lines = harness.mail.mails.at(-1)?.text?.match(/^Scorecard: .*/gm);
	expect(lines).toEqual([
		'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
	]);
});

function finished(team: string | null) {
	return lastAssessment({ team: team === null ? null : { id: 1, display_name: team } });
}

function receivers({ to }: (typeof harness.mail.mails)[number]) {
	return [to].flat().flatMap((line) => line?.value.map(({ address }) => address) ?? []);
}
