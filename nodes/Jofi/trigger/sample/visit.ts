import { findInCatalogue } from '../../events/catalogue';
import { parseEvent } from '../../events/parse';
import { sampleEvent } from '../../events/samples';
import { outputIndex } from '../outputs';
import { notSelectedPage, sampleSentPage, samplesPage, unknownSamplePage, type Page } from './page';
import { shape, type Item, type Settings } from '../receive';
import { isSelected } from '../selection';

/** What a visit to the Test URL leads to: a page, and the sample for the editor if one was chosen. */
export interface SampleVisit {
	page: Page;
	emitted?: { item: Item; output: number };
}

/**
 * Answers a visit to the Test URL while the editor listens.
 *
 * In: the `sample` of the query, if any, the node's settings, and the time in milliseconds since 1970.
 * Out: without a sample the list of them. A sample goes the same way as a delivery, from bytes to an
 * output, but past verification, filters and duplicates: there is nothing to verify, and filters would
 * hold back the invented people.
 */
export function chooseSample(sample: unknown, settings: Settings, now: number): SampleVisit {
	if (sample === undefined) return { page: samplesPage(settings.events) };
	const chosen = findInCatalogue(sample);
	if (!chosen) return { page: unknownSamplePage(String(sample)) };
	const { type, name } = chosen;
	if (!isSelected(type, settings.events)) return { page: notSelectedPage(name) };

	const parsed = parseEvent(Buffer.from(JSON.stringify(sampleEvent(type, now))));
	if ('problem' in parsed) return { page: unknownSamplePage(type) };
	const { event } = parsed;
	return {
		page: sampleSentPage(name),
		emitted: {
			item: shape(event, settings),
			output: outputIndex(event.type, settings.events, settings.separateOutputs),
		},
	};
}
