/** Template 7 derives each person's row from all events, whatever the order in which they arrive. */
import { Workbook } from 'exceljs';
import { event, LIFE, permutations, SIX, type Step } from '../../support/life';
import { randomOrders } from '../../support/parallel';
import {
	DATABASE,
	DATABASES,
	personalEvent,
	TemplateHarness,
	type Database,
} from '../../support/templateHarness';

const TEMPLATE = '7-no-google-account';
const REMIND = '9-remind';
const DIGEST = '10-weekly-digest';
const ON_MONDAYS = 'Every Monday at 7';

const FOUR: Step[] = ['accepted', 'became', 'first', 'last'];

/** How a row has to read after these events, and a part of it that only the newest event can tell. */
const AFTER_FOUR = {
	event_name: 'Assessment Completed',
	event_created_at: LIFE.last.at,
	email: 'last@example.com',
	custom_id: 'ABC123',
	invitation_accepted_at: '2026-02-03T12:43:20.034681+00:00',
	test_taker_id: '12345',
	assessments_completed: 3,
	all_assessments_completed: true,
};
const AFTER_SIX = {
	...AFTER_FOUR,
	event_name: 'Career Navigation Profile Created',
	event_created_at: LIFE.profile.at,
	email: 'profile@example.com',
	career_navigation_profile_id: 'CNP1234567890',
};

/** What a row tells after some of the events. */
function stateAfter(steps: Step[]) {
	const newest = SIX.filter((step) => steps.includes(step)).at(-1) ?? 'invited';
	return {
		event_created_at: LIFE[newest].at,
		email: `${newest}@example.com`,
		...(steps.includes('last') && { all_assessments_completed: true }),
	};
}

const harnesses = new Map<Database, TemplateHarness>();

beforeAll(async () => {
	await Promise.all(
		[...DATABASES].map(async (database) => {
			const harness = await TemplateHarness.start({ database });
			harnesses.set(database, harness);
			await harness.publishTemplate(TEMPLATE);
		}),
	);
});

it('keeps the newest state after each event, in all orders of four events and two more at random', async () => {
	// In turn they need no second database.
	const harness = harnesses.get(DATABASE) as TemplateHarness;
	const orders = permutations(FOUR).map((order, index) => {
		const four = order.values();
		const six = randomOrders(SIX, 24)[index] ?? [];
		return six.map((step) => (FOUR.includes(step) ? (four.next().value as Step) : step));
	});
	expect(orders).toHaveLength(24);
	for (const turn of SIX.keys()) {
		const events = orders.map((order, index) => event(order[turn] as Step, 1000 + index));
		await harness.deliverAtOnce(TEMPLATE, events);
		expect(await rowsOf(harness, 1000)).toMatchObject(
			orders.map((order, index) => ({
				person_id: `APPLICANT-${1000 + index}`,
				...stateAfter(order.slice(0, turn + 1)),
			})),
		);
	}
	expect(await rowsOf(harness, 1000)).toMatchObject(orders.map(() => AFTER_SIX));
});

itOnEachDatabase(
	'keeps one row with the newest state when six events of ten people arrive at once',
	async (harness) => {
		const people = Array.from({ length: 10 }, (_, index) => 3000 + index);
		const events = people.flatMap((id) => SIX.map((step) => event(step, id)));
		await harness.deliverAtOnce(TEMPLATE, events);
		expect(await rowsOf(harness, 3000)).toMatchObject(people.map(() => AFTER_SIX));
	},
);

itOnEachDatabase(
	'keeps one row when twenty events of one person arrive at once',
	async (harness) => {
		const twenty = Array.from({ length: 20 }, (_, index) => ({
			...event('accepted', 4000),
			id: `evt_4000_${index}`,
		}));
		await harness.deliverAtOnce(TEMPLATE, [...twenty, event('last', 4000)]);
		expect(await rowsOf(harness, 4000)).toMatchObject([AFTER_FOUR]);
	},
);

itOnEachDatabase('stays right when old events are forgotten', async (harness) => {
	const events = SIX.map((step) => event(step, 5000));
	await harness.deliverAtOnce(TEMPLATE, events);
	await harness.setTimes('jofi events', 'createdAt', '2020-01-01 00:00:00.000');
	await harness.runByHand(TEMPLATE, ON_MONDAYS);
	expect(await harness.rest.tableRows('jofi events')).toEqual([]);
	// An older one that arrives late, and one that is newer than all.
	await harness.deliverInTurn(TEMPLATE, [{ ...event('first', 5000), id: 'evt_5000_late' }]);
	expect(await rowsOf(harness, 5000)).toMatchObject([AFTER_SIX]);
	const newest = { id: 'evt_5000_new', created_at: '2026-02-04T12:00:00.000Z' };
	await harness.deliverInTurn(TEMPLATE, [{ ...event('last', 5000), ...newest }]);
	expect(await rowsOf(harness, 5000)).toMatchObject([
		{ ...AFTER_SIX, ...AFTER_FOUR, event_created_at: newest.created_at },
	]);
});

itOnEachDatabase(
	'reminds none of them and counts none as stuck, for all have finished',
	async (harness) => {
		await harness.publishTemplate(REMIND, {
			settings: { remind: 'candidate', days_until_given_up: 36_500 },
		});
		await harness.publishTemplate(DIGEST);
		await harness.deliverInTurn(TEMPLATE, [event('invited', 6000)]);
		const reminders = await harness.mailsOfRun(REMIND, 'Every morning at 9');
		expect(reminders.map(({ text }) => text)).toEqual([
			expect.stringContaining('Hello Person 6000'),
		]);
		const [digest] = await harness.mailsOfRun(DIGEST, ON_MONDAYS);
		expect(digest?.text?.match(/, for \d+ days$/gm)).toHaveLength(1);
	},
);

itOnEachDatabase(
	'keeps one row for each event in a data table, and sends the week as an Excel file',
	async (harness) => {
		// Excel takes no longer cells.
		const names = { first_name: '=1+1', last_name: 'x'.repeat(33_000) };
		await harness.deliverInTurn(TEMPLATE, [
			personalEvent('invitation.created', names, 'evt_table_1'),
			personalEvent('test_taker.assessment_completed', names, 'evt_table_2'),
		]);
		const rows = await harness.rest.tableRows('jofi events');
		expect(rows.slice(-2)).toMatchObject([
			{ event_id: 'evt_table_1', first_name: '=1+1', invitation_id: '12345', scorecard_url: null },
			{ event_id: 'evt_table_2', assessments_completed: 2, all_assessments_completed: false },
		]);

		const [mail] = await harness.mailsOfRun(TEMPLATE, ON_MONDAYS);
		expect(mail?.subject).toMatch(/^JOFI events of the week until \d{4}-\d\d-\d\d$/);
		const [file, ...more] = mail?.attachments ?? [];
		expect(more).toEqual([]);
		expect(file?.filename).toMatch(/^jofi-events-\d{4}-\d\d-\d\d\.xlsx$/);

		const workbook = new Workbook();
		const content = file?.content as unknown as Parameters<typeof workbook.xlsx.load>[0];
		await workbook.xlsx.load(content);
		const [sheet, ...others] = workbook.worksheets;
		expect(others).toEqual([]);
		expect(sheet?.name).toBe('JOFI events');
		const cells: unknown[][] = [];
		sheet?.eachRow((row) => cells.push((row.values as unknown[]).slice(1)));
		const [header = [], ...lines] = cells;
		expect(header).toEqual(expect.arrayContaining(['full_name', 'career_navigation_profile_id']));
		const column = (name: string) => lines.map((line) => line[header.indexOf(name)]);
		expect(column('event_id')).toEqual(rows.map(({ event_id }) => event_id));
		expect(column('event_created_at').at(-2)).toBe('2026-02-03 05:41:36');
		// A formula would be read as an object.
		expect(column('first_name').slice(-2)).toEqual(['=1+1', '=1+1']);
	},
);

/** A test that runs on all databases at once: each n8n keeps one processor core busy. */
function itOnEachDatabase(name: string, test: (harness: TemplateHarness) => Promise<void>): void {
	it(name, async () => {
		await Promise.all(
			[...harnesses].map(async ([database, harness]) => {
				await test(harness).catch((error: Error) => {
					error.message = `On ${database}: ${error.message}`;
					throw error;
				});
			}),
		);
	});
}

/** The rows of a thousand invitations, by their ids. */
async function rowsOf(harness: TemplateHarness, firstId: number): Promise<unknown[]> {
	const rows = await harness.rest.tableRows('jofi people');
	return rows
		.filter(({ invitation_id: id }) => Math.floor(Number(id) / 1000) * 1000 === firstId)
		.sort((one, other) => Number(one.invitation_id) - Number(other.invitation_id));
}
