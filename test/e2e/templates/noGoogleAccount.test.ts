/** Template 7 derives each person's row from all events, whatever the order in which they arrive. */
import { Workbook } from 'exceljs';
import type { SentEvent } from '../../support/jofi';
import { event, LIFE, permutations, SIX, type Step } from '../../support/life';
import { randomOrders } from '../../support/parallel';
import { DATABASE, DATABASES, personalEvent, TemplateHarness } from '../../support/templateHarness';

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

describe.each([...DATABASES])('on %s', (database) => {
	let harness: TemplateHarness;

	beforeAll(async () => {
		harness = await TemplateHarness.start({ database });
		await harness.publishTemplate(TEMPLATE);
	});

	afterAll(async () => {
		await harness?.stop();
	});

	// In turn they need no second database.
	if (database === DATABASE) {
		it('keeps the newest state after each event, in all orders of four events and two more at random', async () => {
			const orders = permutations(FOUR).map((order, index) => {
				const four = order.values();
				const six = randomOrders(SIX, 24)[index] ?? [];
				return six.map((step) => (FOUR.includes(step) ? (four.next().value as Step) : step));
			});
			expect(orders).toHaveLength(24);
			for (const turn of SIX.keys()) {
				await deliverAtOnce(orders.map((order, index) => event(order[turn] as Step, 1000 + index)));
				expect(await rowsOf(1000)).toMatchObject(
					orders.map((order, index) => ({
						person_id: `APPLICANT-${1000 + index}`,
						...stateAfter(order.slice(0, turn + 1)),
					})),
				);
			}
			expect(await rowsOf(1000)).toMatchObject(orders.map(() => AFTER_SIX));
		});
	}

	it('keeps one row with the newest state when six events of ten people arrive at once', async () => {
		const people = Array.from({ length: 10 }, (_, index) => 3000 + index);
		await deliverAtOnce(people.flatMap((id) => SIX.map((step) => event(step, id))));
		expect(await rowsOf(3000)).toMatchObject(people.map(() => AFTER_SIX));
	});

	it('keeps one row when twenty events of one person arrive at once', async () => {
		const twenty = Array.from({ length: 20 }, (_, index) => ({
			...event('accepted', 4000),
			id: `evt_4000_${index}`,
		}));
		await deliverAtOnce([...twenty, event('last', 4000)]);
		expect(await rowsOf(4000)).toMatchObject([AFTER_FOUR]);
	});

	it('stays right when old events are forgotten', async () => {
		await deliverAtOnce(SIX.map((step) => event(step, 5000)));
		await harness.setTimes('jofi events', 'createdAt', '2020-01-01 00:00:00.000');
		await harness.runByHand(TEMPLATE, ON_MONDAYS);
		expect(await harness.tableRows('jofi events')).toEqual([]);
		// An older one that arrives late, and one that is newer than all.
		await deliverAtOnce([{ ...event('first', 5000), id: 'evt_5000_late' }]);
		expect(await rowsOf(5000)).toMatchObject([AFTER_SIX]);
		const newest = { id: 'evt_5000_new', created_at: '2026-02-04T12:00:00.000Z' };
		await deliverAtOnce([{ ...event('last', 5000), ...newest }]);
		expect(await rowsOf(5000)).toMatchObject([
			{ ...AFTER_SIX, ...AFTER_FOUR, event_created_at: newest.created_at },
		]);
	});

	it('reminds none of them and counts none as stuck, for all have finished', async () => {
		await harness.publishTemplate(REMIND, {
			settings: { remind: 'candidate', days_until_given_up: 36_500 },
		});
		await harness.publishTemplate(DIGEST);
		await deliverAtOnce([event('invited', 6000)]);
		const reminders = await harness.mailsOfRun(REMIND, 'Every morning at 9');
		expect(reminders.map(({ text }) => text)).toEqual([
			expect.stringContaining('Hello Person 6000'),
		]);
		const [digest] = await harness.mailsOfRun(DIGEST, ON_MONDAYS);
		expect(digest?.text?.match(/, for \d+ days$/gm)).toHaveLength(1);
	});

	it('keeps one row for each event in a data table, and sends the week as an Excel file', async () => {
		// Excel takes no longer cells.
		const names = { first_name: '=1+1', last_name: 'x'.repeat(33_000) };
		await harness.deliverInTurn(TEMPLATE, [
			personalEvent('invitation.created', names, 'evt_table_1'),
			personalEvent('test_taker.assessment_completed', names, 'evt_table_2'),
		]);
		const rows = await harness.tableRows('jofi events');
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
	});

	async function deliverAtOnce(events: SentEvent[]): Promise<void> {
		await harness.deliverAtOnce(TEMPLATE, events);
	}

	/** The rows of a thousand invitations, by their ids. */
	async function rowsOf(firstId: number): Promise<unknown[]> {
		const rows = await harness.tableRows('jofi people');
		return rows
			.filter(({ invitation_id: id }) => Math.floor(Number(id) / 1000) * 1000 === firstId)
			.sort((one, other) => Number(one.invitation_id) - Number(other.invitation_id));
	}
});

it('fails when n8n has no room for more rows, and takes the event once there is room', async () => {
	const full = await TemplateHarness.start({
		// PostgreSQL's empty tables are larger than this.
		database: 'SQLite',
		env: { N8N_DATA_TABLES_MAX_SIZE_BYTES: '60000' },
		ownServer: true,
	});
	await full.publishTemplate(TEMPLATE);
	await full.deliverInTurn(TEMPLATE, [personalEvent('invitation.created', {}, 'evt_full_1')]);
	const long = { event_id: 'old', full_name: 'x'.repeat(10_000) };
	await full.addRows('jofi events', Array<typeof long>(8).fill(long));
	await full.deliver(TEMPLATE, personalEvent('invitation.accepted', {}, 'evt_full_2'));
	const [failed] = await full.rest.firstExecutions(full.workflowOf(TEMPLATE).id, 2);
	expect(await full.rest.errorOf(failed?.id ?? '')).toContain('Data table size limit exceeded');

	await full.setTimes('jofi events', 'createdAt', '2020-01-01 00:00:00.000');
	await full.runByHand(TEMPLATE, ON_MONDAYS);
	await full.retry(TEMPLATE, failed?.id ?? '');
	expect(await full.tableRows('jofi people')).toMatchObject([{ event_id: 'evt_full_2' }]);
});
