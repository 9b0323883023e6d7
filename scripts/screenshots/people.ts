/** The people of the pictures. They are invented. */
export const PEOPLE = [
	['Amara', 'Okafor', 'amara.okafor@example.com', 'APPLICANT-20011'],
	['Jörg', 'Müller-Lüdenscheidt', 'jorg.muller@example.com', 'APPLICANT-20012'],
	['Linh', 'Nguyen', 'linh.nguyen@example.com', 'APPLICANT-20013'],
	['Sofía', 'Castillo', 'sofia.castillo@example.com', 'APPLICANT-20014'],
	['Noah', 'Berg', 'noah.berg@example.com', 'APPLICANT-20015'],
].map(([first_name, last_name, email, person_id]) => ({ first_name, last_name, email, person_id }));
