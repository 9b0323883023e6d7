const { dest, parallel, src } = require('gulp');

// Icons are shared by the node and the credential, which both name them as ../../icons/… or ../icons/….
const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));

const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.default = parallel(icons, codex);
