import { asObject, type JsonObject } from '../json';

/** How far someone is with the assigned assessments. All null where JOFI sent no list of them. */
export interface AssessmentProgress {
	/** How many count: assignments with `is_used_for_scoring: false` don't. */
	assigned: number | null;
	/** How many of those that count are completed. */
	completed: number | null;
	/** Whether at least one counts and all that count are completed. */
	allCompleted: boolean | null;
	/** Name of the assessment with the newest `completed_at`, whether it counts or not. */
	latestName: unknown;
	latestCompletedAt: unknown;
	/** Part of a sentence: `JOFI Thinking Skills: in progress; JOFI Career Interests: not started`. */
	summary: string | null;
}

const NOTHING_KNOWN: AssessmentProgress = {
	assigned: null,
	completed: null,
	allCompleted: null,
	latestName: null,
	latestCompletedAt: null,
	summary: null,
};

/**
 * Reads `assigned_assessments` of a test taker.
 *
 * In: any `data.object`. Out: the progress; entries that are no objects are passed over. JOFI does not
 * say which assessment an event is about, so the newest `completed_at` has to tell (JOFI.md).
 */
export function assessmentProgress(object: JsonObject): AssessmentProgress {
	const assignments = assignedAssessments(object);
	if (assignments === undefined) return NOTHING_KNOWN;

	const counting = assignments.filter((assignment) => assignment.is_used_for_scoring !== false);
	const completed = counting.filter(isCompleted).length;
	const latest = latestCompleted(assignments);
	return {
		assigned: counting.length,
		completed,
		allCompleted: counting.length > 0 && completed === counting.length,
		latestName: latest ? assessmentName(latest) : null,
		latestCompletedAt: latest?.completed_at ?? null,
		summary: assignments.length > 0 ? assignments.map(describe).join('; ') : null,
	};
}

/**
 * The names by which people know the assigned assessments, short and display names alike.
 * In: any `data.object`. Out: what JOFI sent as names, unchanged; empty where there is no list.
 */
export function assessmentNames(object: JsonObject): unknown[] {
	return (assignedAssessments(object) ?? []).flatMap((assignment) => {
		const assessment = asObject(assignment.assessment);
		return [assessment.short_name, assessment.display_name];
	});
}

function assignedAssessments(object: JsonObject): JsonObject[] | undefined {
	const list = object.assigned_assessments;
	if (!Array.isArray(list)) return undefined;
	return list.map(asObject).filter((assignment) => Object.keys(assignment).length > 0);
}

function latestCompleted(assignments: JsonObject[]): JsonObject | undefined {
	let latest: JsonObject | undefined;
	let latestTime = -Infinity;
	for (const assignment of assignments.filter(isCompleted)) {
		const completedTime = time(assignment.completed_at);
		if (latest && completedTime <= latestTime) continue;
		latest = assignment;
		latestTime = completedTime;
	}
	return latest;
}

function describe(assignment: JsonObject): string {
	const name = assessmentName(assignment);
	return `${typeof name === 'string' ? name : 'Assessment'}: ${status(assignment)}`;
}

function status(assignment: JsonObject): string {
	if (isCompleted(assignment)) return 'completed';
	const isStarted = isPresent(assignment.started_at) || isPresent(assignment.progress_saved_at);
	return isStarted ? 'in progress' : 'not started';
}

function isCompleted(assignment: JsonObject): boolean {
	return isPresent(assignment.completed_at);
}

function assessmentName(assignment: JsonObject): unknown {
	const assessment = asObject(assignment.assessment);
	return assessment.display_name ?? assessment.short_name ?? null;
}

function isPresent(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && value !== false;
}

/** Milliseconds since 1970. What is no date is older than every date. */
function time(value: unknown): number {
	const milliseconds = typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isNaN(milliseconds) ? -Infinity : milliseconds;
}
