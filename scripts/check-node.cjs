// ES5 and CommonJS on purpose: the Node that must read this may be very old.
var needed = [20, 19];
var version = process.versions.node.split('.').map(Number);
if (version[0] < needed[0] || (version[0] === needed[0] && version[1] < needed[1])) {
  console.error(
    'Concordat needs Node ' + needed.join('.') + ' or newer; this is Node ' + process.versions.node + '. Install a newer Node from https://nodejs.org and try again.'
  );
  process.exit(1);
}
