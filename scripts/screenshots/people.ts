/** The people of the pictures. They are invented. */
export const PEOPLE = [
	{ first_name: 'Amara', last_name: 'Okafor', person_id: 'APPLICANT-20011' },
	{ first_name: 'Jörg', last_name: 'Müller-Lüdenscheidt', person_id: 'APPLICANT-20012' },
	{ first_name: 'Linh', last_name: 'Nguyen', person_id: 'APPLICANT-20013' },
	{ first_name: 'Sofía', last_name: 'Castillo', person_id: 'APPLICANT-20014' },
	{ first_name: 'Noah', last_name: 'Berg', person_id: 'APPLICANT-20015' },
];

/**
 * The email address of one of them.
 *
 * @param person - by their names
 */
export function emailOf({
	first_name: first,
	last_name: last,
}: {
	first_name: string;
	last_name: string;
}): string {
	return `${first}.${last.split('-')[0]}@example.com`
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase();
}
