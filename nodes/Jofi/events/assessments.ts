import { asObject } from '../json';
import { timeOf } from './time';
import type { Assessment, AssignedAssessment, DataObject, FieldsOf } from './types';

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

/**
 * Reads `assigned_assessments` of a test taker. Nothing in an event says which assessment it is about, so
 * the newest `completed_at` has to tell.
 *
 * @returns the progress; entries of the list that are not objects are skipped
 */
export function assessmentProgress(object: DataObject): AssessmentProgress {
	const assignments = assignedAssessments(object);
	const isKnown = Array.isArray(object.assigned_assessments);
	const counting = assignments.filter((one) => one.is_used_for_scoring !== false);
	const assigned = counting.length;
	const completed = counting.filter(isCompleted).length;
	const [latest] = assignments
		.filter(isCompleted)
		.sort((one, other) => completionTime(other) - completionTime(one));
	return {
		assigned: isKnown ? assigned : null,
		completed: isKnown ? completed : null,
		allCompleted: isKnown ? assigned > 0 && completed === assigned : null,
		latestName: latest ? assessmentName(latest) : null,
		latestCompletedAt: latest?.completed_at ?? null,
		summary: assignments.map(describe).join('; ') || null,
	};
}

/**
 * Short and display names of the assigned assessments, as JOFI sent them.
 *
 * @returns an empty list where JOFI sent none
 */
export function assessmentNames(object: DataObject): unknown[] {
	return assignedAssessments(object).flatMap((assignment) => {
		const { short_name, display_name } = assessmentOf(assignment);
		return [short_name, display_name];
	});
}

type Assignment = FieldsOf<AssignedAssessment>;

function assignedAssessments({ assigned_assessments: list }: DataObject): Assignment[] {
	if (!Array.isArray(list)) return [];
	return list.map(asObject).filter((assignment) => Object.keys(assignment).length > 0);
}

function describe(assignment: Assignment): string {
	const name = assessmentName(assignment);
	return `${typeof name === 'string' ? name : 'Assessment'}: ${status(assignment)}`;
}

function status(assignment: Assignment): string {
	if (isCompleted(assignment)) return 'completed';
	const isStarted = isPresent(assignment.started_at) || isPresent(assignment.progress_saved_at);
	return isStarted ? 'in progress' : 'not started';
}

function isCompleted(assignment: Assignment): boolean {
	return isPresent(assignment.completed_at);
}

/** Invalid dates are older than all others. */
function completionTime({ completed_at: date }: Assignment): number {
	return timeOf(date) ?? Number.MIN_SAFE_INTEGER;
}

function assessmentName(assignment: Assignment): unknown {
	const { display_name, short_name } = assessmentOf(assignment);
	return display_name ?? short_name ?? null;
}

function assessmentOf(assignment: Assignment): FieldsOf<Assessment> {
	return asObject(assignment.assessment);
}

function isPresent(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && value !== false;
}
