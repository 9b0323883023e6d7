import { personRow } from '../items/columns';
import { asObject, isObject, type JsonObject } from '../json';

/** The person columns that a scorecard can fill. */
const PERSON_COLUMNS = [
	'first_name',
	'last_name',
	'full_name',
	'email',
	'invitation_id',
	'test_taker_id',
	'career_navigation_profile_id',
	'person_id',
	'custom_id',
	'scorecard_url',
];

/** The fields of a score that have a column. What else a score holds goes into `more`. */
const SCORE_FIELDS = new Set([
	'object',
	'id',
	'display_name',
	'short_name',
	'description',
	'is_starred',
	'yellow_band',
	'test_taker_score',
	'facets',
]);

/**
 * Makes one flat row of each score of a scorecard, in JOFI's order: a score, then its facets, which name it as
 * their parent. What JOFI's numbers mean is not documented, so they stay as they are. Unknown sections are
 * included.
 *
 * @returns rows that all have the same columns
 */
export function scoreRows(scorecard: JsonObject): JsonObject[] {
	const person = personRow(scorecard, 'scorecard');
	const profile = asObject(scorecard.score_profile);
	const shared = {
		...Object.fromEntries(PERSON_COLUMNS.map((name) => [name, person[name] ?? null])),
		score_profile: profile.short_name ?? null,
		score_profile_name: profile.display_name ?? null,
		riasec_profile: scorecard.riasec_profile ?? null,
	};
	const { mode = null } = scorecard;
	return Object.entries(asObject(scorecard.scores)).flatMap(([section, content]) =>
		scoresIn(content).map((columns) => ({ ...shared, section, ...columns, mode })),
	);
}

/** The scores of a section, which is a list of them; of any other shape, what there is in one row. */
function scoresIn(content: unknown): JsonObject[] {
	if (content === null || content === undefined) return [];
	const entries: unknown[] = Array.isArray(content) ? content : [content];
	return entries.flatMap((entry) => withFacets(entry, {}));
}

function withFacets(entry: unknown, parent: JsonObject): JsonObject[] {
	const score = isObject(entry) ? entry : { value: entry };
	const { facets } = score;
	const inner: unknown[] = Array.isArray(facets) ? facets : [];
	return [scoreColumns(score, parent), ...inner.flatMap((facet) => withFacets(facet, score))];
}

function scoreColumns(score: JsonObject, parent: JsonObject): JsonObject {
	const more = Object.entries(score).filter(([name]) => !SCORE_FIELDS.has(name));
	return {
		score_id: score.id ?? null,
		score_name: score.display_name ?? null,
		score_short_name: score.short_name ?? null,
		parent_score_name: parent.display_name ?? null,
		parent_score_short_name: parent.short_name ?? null,
		test_taker_score: score.test_taker_score ?? null,
		yellow_band: score.yellow_band ?? null,
		is_starred: score.is_starred ?? null,
		score_description: score.description ?? null,
		more: more.length === 0 ? null : Object.fromEntries(more),
	};
}
