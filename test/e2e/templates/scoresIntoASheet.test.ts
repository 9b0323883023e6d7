import { lastAssessment, TemplateHarness } from '../../support/templateHarness';
import { JOFI_HOST, JofiApi, type Person } from '../../support/outside/jofiApi';

const TEMPLATE = '14-scores-into-a-sheet';
const SHEET = '1ScoresSheetScoresSheetScoresSheet';

const jofi = new JofiApi();
let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ services: { [JOFI_HOST]: jofi.api } });
	await harness.addCredential('jofiApi', { apiKey: jofi.liveKey });
	await harness.publishTemplate(TEMPLATE, SHEET, {
		settings: { scores: 'Think, think-read,open , think-num' },
	});
});

it('writes one row per person, with the scores that were chosen', async () => {
	const all = jofi.complete(jofi.invite({ first_name: '=1+1', person_id: 'APPLICANT-1' }));
	const some = jofi.complete(jofi.invite({ person_id: 'APPLICANT-2' }), 6);
	await harness.deliverInTurn(TEMPLATE, [finished(all), finished(some)]);

	const [header, ...rows] = harness.google.cells(SHEET);
	expect(header).toEqual([
		...['invitation_id', 'full_name', 'email', 'person_id', 'custom_id', 'team_name'],
		...['latest_completed_at', 'scorecard_url', 'Think', 'think-read', 'open', 'think-num'],
	]);
	expect(rows.map((row) => [row[0], row[1], row[3], ...row.slice(8)])).toEqual([
		[String(all.invitationId), '=1+1 Sample', 'APPLICANT-1', 63, 71, 55, ''],
		[String(some.invitationId), 'Linda Sample', 'APPLICANT-2', '', '', 55, ''],
	]);
	expect(jofi.requests.map(({ path, query }) => [path, query])).toEqual([
		[`/test-takers/${all.testTakerId}/scorecard`, { sp: 'JOFI-295-AS' }],
		[`/test-takers/${some.testTakerId}/scorecard`, { sp: 'JOFI-295-AS' }],
	]);
});

it('fills the row further, also where the sheet shows numbers as 12,345', async () => {
	harness.google.groupsDigits = true;
	const [, some] = jofi.people;
	if (!some) throw new Error('Nobody was invited');
	await harness.deliverInTurn(TEMPLATE, [finished(jofi.complete(some))]);
	const [, , ...rows] = harness.google.cells(SHEET);
	expect(rows.map((row) => row.slice(8))).toEqual([[63, 71, 55, '']]);
});

function finished(person: Person) {
	return lastAssessment({
		id: person.testTakerId,
		invitation_id: person.invitationId,
		first_name: person.first_name,
		person_id: person.person_id,
	});
}
