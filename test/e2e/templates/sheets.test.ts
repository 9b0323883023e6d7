/** The templates that keep a row for each person in a Google Sheet. */
import { event, LIFE, permutations, type Step } from '../../support/life';
import { JOFI_HOST, JofiApi, type Person } from '../../support/outside/jofiApi';
import { lastAssessment, personalEvent, TemplateHarness } from '../../support/templateHarness';
import { golden } from '../../support/templates';

const PEOPLE = '2-one-row-per-person';
const PEOPLE_SHEET = '1PersonsSheetPersonsSheetPersons';
const SCORES = '14-scores-into-a-sheet';
const SCORES_SHEET = '1ScoresSheetScoresSheetScoresSheet';

const jofi = new JofiApi();
let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start({ services: { [JOFI_HOST]: jofi.api } });
	await harness.addCredential('jofiApi', { apiKey: jofi.liveKey });
	await harness.publishTemplate(PEOPLE, { sheet: PEOPLE_SHEET });
	await harness.publishTemplate(SCORES, {
		sheet: SCORES_SHEET,
		settings: { scores: 'Think, think-read,open , think-num' },
	});
});

afterEach(() => {
	harness.google.groupsDigits = false;
});

describe('2: one row per person', () => {
	it('fills the row of a person further, and never empties it', async () => {
		const other = { id: 777, first_name: '=1+1', last_name: null, email: '+49 30@example.com' };
		await harness.deliverInTurn(PEOPLE, [
			personalEvent('invitation.created', {}, 'evt_person_1'),
			personalEvent('invitation.created', other, 'evt_person_2'),
			personalEvent('invitation.accepted', {}, 'evt_person_3'),
			personalEvent('test_taker.assessment_completed', {}, 'evt_person_4'),
			personalEvent('career_navigation_profile.created', {}, 'evt_person_5'),
		]);
		expect(harness.google.cells(PEOPLE_SHEET)).toEqual(golden(PEOPLE));
	});

	it('holds the newest state when a person’s events arrive one after the other in any order, however ids are shown', async () => {
		harness.google.groupsDigits = true;
		const orders = permutations<Step>(['accepted', 'first', 'last', 'profile']);
		for (const turn of [0, 1, 2, 3]) {
			await harness.deliverAtOnce(
				PEOPLE,
				orders.map((order, index) => event(order[turn] as Step, 3000 + index)),
			);
		}
		const [header = [], ...rows] = harness.google.cells(PEOPLE_SHEET);
		const columns = [
			'event_created_at',
			'email',
			'assessments_completed',
			'all_assessments_completed',
			'invitation_accepted_at',
		].map((column) => header.indexOf(column));
		expect(rows.slice(2).map((row) => columns.map((column) => row[column]))).toEqual(
			orders.map(() => [LIFE.profile.at, 'profile@example.com', 3, true, '2026-02-03 05:43:20']),
		);
	});
});

describe('14: scores into a sheet', () => {
	const finished = ({ testTakerId, invitationId, first_name, person_id }: Person) =>
		lastAssessment({ id: testTakerId, invitation_id: invitationId, first_name, person_id });

	it('writes one row per person, with the scores that were chosen', async () => {
		const all = jofi.complete(jofi.invite({ first_name: '=1+1', person_id: 'APPLICANT-1' }));
		const some = jofi.complete(jofi.invite({ person_id: 'APPLICANT-2' }), 6);
		await harness.deliverInTurn(SCORES, [finished(all), finished(some)]);

		const [header, ...rows] = harness.google.cells(SCORES_SHEET);
		expect(header).toEqual([
			'invitation_id',
			'full_name',
			'email',
			'person_id',
			'custom_id',
			'team_name',
			'latest_completed_at',
			'scorecard_url',
			'Think',
			'think-read',
			'open',
			'think-num',
		]);
		expect(rows.map((row) => [row[0], row[1], row[3], ...row.slice(8)])).toEqual([
			[String(all.invitationId), '=1+1 Sample', 'APPLICANT-1', 63, 71, 55, ''],
			[String(some.invitationId), 'Linda Sample', 'APPLICANT-2', '', '', 55, ''],
		]);
		expect(jofi.requests).toMatchObject(
			[all, some].map(({ testTakerId }) => ({
				path: `/test-takers/${testTakerId}/scorecard`,
				query: { sp: 'JOFI-295-AS' },
			})),
		);
	});

	it('fills the row further, also where the sheet shows numbers as 12,345', async () => {
		harness.google.groupsDigits = true;
		await harness.deliverInTurn(SCORES, [finished(jofi.complete(jofi.people[1] as Person))]);
		const [, , ...rows] = harness.google.cells(SCORES_SHEET);
		expect(rows.map((row) => row.slice(8))).toEqual([[63, 71, 55, '']]);
	});
});
