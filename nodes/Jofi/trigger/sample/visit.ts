import { findInCatalogue } from '../../events/catalogue';
import { sampleEvent } from '../../events/samples';
import { toItem } from '../../items/toItem';
import { asText } from '../../json';
import { outputIndex } from '../outputs';
import { isSelected } from '../rules';
import type { Settings } from '../settings';
import { notSelectedPage, sampleSentPage, samplesPage, unknownSamplePage, type Page } from './page';

/** What a visit to the Test URL leads to: a page, and the sample for the editor if one was chosen. */
export interface SampleVisit {
	page: Page;
	emitted?: { item: object; output: number };
}

/**
 * Answers a visit to the Test URL while the editor listens. A sample goes the same way as a verified
 * event, but past filters, age and duplicates: they would hold back the invented people.
 *
 * @param sample - the `sample` of the query: an event type; undefined for none, or whatever a visitor made of it
 * @param settings - what the user chose in the node
 * @param now - milliseconds since 1970
 * @returns without a sample the list of them
 */
export function answerVisit(sample: unknown, settings: Settings, now: number): SampleVisit {
	if (sample === undefined) return { page: samplesPage(settings.events) };
	const chosen = findInCatalogue(sample);
	if (!chosen) return { page: unknownSamplePage(asText(sample)) };
	const { type, name } = chosen;
	if (!isSelected(type, settings.events)) return { page: notSelectedPage(name) };

	return {
		page: sampleSentPage(name),
		emitted: {
			item: toItem(sampleEvent(type, now), settings, { receivedAt: now, verifiedBy: null }),
			output: outputIndex(type, settings),
		},
	};
}
