/** Reads a file of the repository, as the generators before this one leave it. */
export type ReadFile = (path: string) => string;

/** What a generator makes: the text of each file by its path in the repository. */
export type Files = Record<string, string>;

/** Makes files, or parts of them, that follow from the code and from other files. */
export type Generator = (read: ReadFile) => Files;
