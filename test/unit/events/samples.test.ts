import { EVENT_CATALOGUE } from '../../../nodes/Jofi/events/catalogue';
import { sampleEvent } from '../../../nodes/Jofi/events/samples';
import { simplify } from '../../../nodes/Jofi/items/columns';

const now = Date.parse('2026-11-23T10:00:00Z');
const row = (type: Parameters<typeof sampleEvent>[0]) => simplify(sampleEvent(type, now));

test.each(EVENT_CATALOGUE)(
	'$name has a sample of its own object, created now',
	({ type, object }) => {
		const event = sampleEvent(type, now);
		expect(event).toMatchObject({ type, object: 'event', created_at: '2026-11-23T10:00:00.000Z' });
		expect(event.data?.object).toMatchObject({ object });
		expect(event.id).toMatch(/^evt_sample_[0-9a-f]{12}$/);
		expect(sampleEvent(type, now).id).not.toBe(event.id);
	},
);

test('the samples show different situations', () => {
	expect(row('invitation.created')).toMatchObject({
		invitation_accepted_at: null,
		first_name: 'Jörg',
	});
	expect(row('invitation.accepted').invitation_accepted_at).toBe('2026-11-23T10:00:00.000Z');
	expect(row('test_taker.created').assessments_summary).toBe(
		'JOFI Personality Traits: completed; JOFI Thinking Skills: in progress; JOFI Career Interests: not started',
	);
	expect(row('test_taker.assessment_completed')).toMatchObject({
		all_assessments_completed: true,
		latest_completed_assessment: 'JOFI Career Interests',
	});
	const profile = row('career_navigation_profile.created');
	const links = Object.keys(profile).filter((column) => column.endsWith('_url'));
	expect(links).toHaveLength(5);
	for (const link of links) expect(profile).toHaveProperty(link, expect.stringMatching(/^https:/));
});

test('one person keeps one invitation id from accepting to the profile', () => {
	const types = EVENT_CATALOGUE.map(({ type }) => type).slice(1);
	expect(new Set(types.map((type) => row(type).invitation_id))).toEqual(new Set([12345]));
});

test('the samples hold no data of real people or hosts', () => {
	const text = JSON.stringify(EVENT_CATALOGUE.map(({ type }) => sampleEvent(type, now)));
	const hosts = text.match(/https?:\/\/[^/"]+|@[^"]+/g);
	expect(new Set(hosts)).toEqual(new Set(['https://example.com', '@example.com']));
});

test('the people of the samples share a custom ID and have different person IDs', () => {
	const rows = EVENT_CATALOGUE.map(({ type }) => row(type));
	expect(new Set(rows.map((each) => each.custom_id)).size).toBe(1);
	const people = new Map(rows.map((each) => [each.email, each.person_id]));
	expect(rows.map((each) => people.get(each.email))).toEqual(rows.map((each) => each.person_id));
	expect(new Set(people.values()).size).toBe(people.size);
});
