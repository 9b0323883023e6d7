import { FORGED_LINES, lastAssessment, Office } from '../../support/office';

const TEMPLATE = '12-by-team';

let office: Office;

beforeAll(async () => {
	office = await Office.open();
	await office.use(TEMPLATE);
});

afterAll(async () => {
	await office?.close();
});

it('makes the table of teams, and writes to the common address while it is empty', async () => {
	await office.runs(TEMPLATE, [finished('Recruiting')]);
	expect(await office.tableRows('jofi teams')).toEqual([]);
	expect(office.mail.mails.map(receivers)).toEqual([['recruiting@example.com']]);
	expect(office.mail.mails[0]?.subject).toBe('Linda Sample has finished all assessments');
	expect(office.mail.mails[0]?.text).toContain('Team: Recruiting');
});

it('writes to the address of the team', async () => {
	await office.addRows('jofi teams', [
		{ team_name: 'Recruiting', email: 'recruiters@example.com' },
		{ team_name: 'sales', email: 'sales@example.com, boss@example.com' },
		{ team_name: 'Sales', email: 'second@example.com' },
		{ team_name: 'Nobody', email: null },
	]);
	const before = office.mail.mails.length;
	await office.runs(TEMPLATE, [
		finished('Recruiting'),
		finished('Sales'),
		finished('Nobody'),
		finished('Unknown'),
		finished(null),
	]);
	expect(office.mail.mails.slice(before).map(receivers)).toEqual([
		['recruiters@example.com'],
		['sales@example.com', 'boss@example.com', 'second@example.com'],
		['recruiting@example.com'],
		['recruiting@example.com'],
		['recruiting@example.com'],
	]);
});

it('keeps the name of a person and of a team within their lines', async () => {
	await office.runs(TEMPLATE, [lastAssessment(FORGED_LINES)]);
	const lines = office.mail.mails.at(-1)?.text?.match(/^Scorecard: .*/gm);
	expect(lines).toEqual([
		'Scorecard: https://www.jofiscore.com/team/100/test-takers/12345/scorecard',
	]);
});

function finished(team: string | null) {
	return lastAssessment({ team: team === null ? null : { id: 1, display_name: team } });
}

function receivers({ to }: (typeof office.mail.mails)[number]) {
	return [to].flat().flatMap((line) => line?.value.map(({ address }) => address) ?? []);
}
