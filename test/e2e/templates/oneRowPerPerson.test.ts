import { event, LIFE, permutations, type Step } from '../../support/life';
import { TemplateHarness, personalEvent } from '../../support/templateHarness';
import { golden } from '../../support/templates';

const TEMPLATE = '2-one-row-per-person';
const SHEET = '1PersonsSheetPersonsSheetPersons';

let harness: TemplateHarness;

beforeAll(async () => {
	harness = await TemplateHarness.start();
	await harness.publishTemplate(TEMPLATE, SHEET);
});

it('fills the row of a person further, and never empties it', async () => {
	await harness.deliverInTurn(TEMPLATE, [
		personalEvent('invitation.created', {}, 'evt_person_1'),
		personalEvent(
			'invitation.created',
			{ id: 777, first_name: '=1+1', last_name: null, email: '+49 30@example.com' },
			'evt_person_2',
		),
	]);
	const [header, ...persons] = harness.google.cells(SHEET);
	expect(persons).toHaveLength(2);

	await harness.deliverInTurn(TEMPLATE, [
		personalEvent('invitation.accepted', {}, 'evt_person_3'),
		personalEvent('test_taker.assessment_completed', {}, 'evt_person_4'),
		personalEvent('career_navigation_profile.created', {}, 'evt_person_5'),
	]);
	expect(harness.google.cells(SHEET)[0]).toEqual(header);
	expect(harness.google.cells(SHEET)).toEqual(golden('2-one-row-per-person'));
});

it('holds the newest state when a person’s events arrive one after the other in any order, however ids are shown', async () => {
	harness.google.groupsDigits = true;
	const orders = permutations<Step>(['accepted', 'first', 'last', 'profile']);
	for (const turn of [0, 1, 2, 3]) {
		await harness.deliverAtOnce(
			TEMPLATE,
			orders.map((order, index) => event(order[turn] as Step, 3000 + index)),
		);
	}
	const [header = [], ...rows] = harness.google.cells(SHEET);
	const cell = (row: unknown[], column: string) => row[header.indexOf(column)];
	const people = rows.filter((row) => String(cell(row, 'invitation_id')).startsWith('30'));
	expect(
		people.map((row) => [
			cell(row, 'event_created_at'),
			cell(row, 'email'),
			cell(row, 'assessments_completed'),
			cell(row, 'all_assessments_completed'),
			cell(row, 'invitation_accepted_at'),
		]),
	).toEqual(
		orders.map(() => [LIFE.profile.at, 'profile@example.com', 3, true, '2026-02-03 05:43:20']),
	);
});
