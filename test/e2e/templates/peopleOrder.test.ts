/** Template 7 derives each person's row from all events, whatever the order in which they arrive. */
import type { SentEvent } from '../../support/jofi';
import { event, LIFE, permutations, SIX, type Step } from '../../support/life';
import { randomOrders } from '../../support/parallel';
import { DATABASE, DATABASES, TemplateHarness } from '../../support/templateHarness';

const TEMPLATE = '7-no-google-account';
const REMIND = '9-remind';
const DIGEST = '10-weekly-digest';

const FOUR: Step[] = ['accepted', 'became', 'first', 'last'];

/** How a row has to read after these events, and a part of it that only the newest event can tell. */
const AFTER_FOUR = {
	event_name: 'Assessment Completed',
	event_created_at: LIFE.last.at,
	email: 'last@example.com',
	invitation_accepted_at: '2026-02-03T12:43:20.034681+00:00',
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

describe.each([...DATABASES])('on %s', (database) => {
	let harness: TemplateHarness;

	beforeAll(async () => {
		harness = await TemplateHarness.start({ database });
		await harness.publishTemplate(TEMPLATE);
	});

	afterAll(async () => {
		await harness?.stop();
	});

	// One after the other they need no second database.
	if (database === DATABASE) {
		it('keeps the newest state in all orders of four events', async () => {
			const orders = permutations(FOUR);
			expect(orders).toHaveLength(24);
			await deliverInTurn(1000, orders);
			expect(await rowsOf(1000)).toMatchObject(orders.map(() => AFTER_FOUR));
		});

		it('keeps the newest state in twenty random orders of six events', async () => {
			const orders = randomOrders(SIX, 20);
			await deliverInTurn(2000, orders);
			expect(await rowsOf(2000)).toMatchObject(orders.map(() => AFTER_SIX));
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
		await harness.runByHand(TEMPLATE, 'Every Monday at 7');
		expect(await harness.tableRows('jofi events')).toEqual([]);
		// An older one that arrives late, and one that is newer than all.
		await deliverAtOnce([{ ...event('first', 5000), id: 'evt_5000_late' }]);
		expect(await rowsOf(5000)).toMatchObject([AFTER_SIX]);
		await deliverAtOnce([
			{ ...event('last', 5000), id: 'evt_5000_new', created_at: '2026-02-04T12:00:00.000Z' },
		]);
		expect(await rowsOf(5000)).toMatchObject([
			{ ...AFTER_SIX, ...AFTER_FOUR, event_created_at: '2026-02-04T12:00:00.000Z' },
		]);
	});

	it('reminds none of them and counts none as stuck, for all have finished', async () => {
		await harness.publishTemplate(REMIND, undefined, {
			settings: { remind: 'candidate', days_until_given_up: 36_500 },
		});
		await harness.publishTemplate(DIGEST);
		await deliverAtOnce([event('invited', 6000)]);
		const mails = harness.mail.mails.length;
		await harness.runByHand(REMIND, 'Every morning at 9');
		await harness.runByHand(DIGEST, 'Every Monday at 7');
		const [reminder, digest, ...more] = harness.mail.mails.slice(mails);
		expect(more).toEqual([]);
		expect(reminder?.text).toContain('Hello Person 6000');
		expect(digest?.text?.match(/, for \d+ days$/gm)).toHaveLength(1);
	});

	/** Delivers the first event of each order, then the second of each, and so on. */
	async function deliverInTurn(firstId: number, orders: Step[][]): Promise<void> {
		for (const turn of orders[0]?.keys() ?? []) {
			await deliverAtOnce(
				orders.map((order, index) => event(order[turn] as Step, firstId + index)),
			);
		}
	}

	async function deliverAtOnce(events: SentEvent[]): Promise<void> {
		await harness.deliverAtOnce(TEMPLATE, events);
	}

	/** The rows of a thousand invitations. */
	async function rowsOf(firstId: number): Promise<unknown[]> {
		const rows = await harness.tableRows('jofi people');
		return rows.filter(({ invitation_id: id }) => Math.floor(Number(id) / 1000) * 1000 === firstId);
	}
});
