"""Completion and man page know every command. usage: shell_test.py SADDLE DOCS_FOLDER"""
import pathlib
import re
import subprocess
import sys
import unittest

SADDLE = pathlib.Path(sys.argv.pop(1))
DOCS = pathlib.Path(sys.argv.pop(1))


def help_of(*command):
    done = subprocess.run([str(SADDLE), *command, "--help"], capture_output=True, text=True, check=True)
    return done.stdout


def commands():
    return re.findall(r"^  (\w+) +[A-Z]", help_of().split("Subcommands:")[1], re.M)


def complete(*words):
    """What bash offers for the last of these words."""
    line = " ".join(f"'{word}'" for word in words)
    script = (f"source {DOCS}/saddle.bash; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; "
              "_saddle; printf '%s\\n' \"${COMPREPLY[@]}\"")
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


class Shell(unittest.TestCase):
    def test_every_command_is_completed_and_in_the_man_page(self):
        page = (DOCS / "saddle.1").read_text()
        self.assertGreater(len(commands()), 6)
        for command in commands():
            self.assertEqual(complete("saddle", command[:-1]), [command])
            self.assertIn(f"\\fB{command}\\fR", page)

    def test_every_option_is_completed_and_in_the_man_page(self):
        page = (DOCS / "saddle.1").read_text().replace("\\-", "-")
        for command in commands():
            offered = complete("saddle", command, "--")
            for option in re.findall(r"(--[\w-]+)", help_of(command).split("Options:")[1]):
                self.assertIn(option, offered, command)
                self.assertIn(option, page, command)

    def test_kinds_and_names_are_completed(self):
        self.assertEqual(complete("saddle", "describe", "gen"), ["generator"])
        self.assertEqual(complete(str(SADDLE), "describe", "loss", "kl"), ["kl-guidance"])
        self.assertEqual(complete("saddle", "--plugin-path", "/", "plugins", "me"), ["metric"])

    def test_the_man_page_is_formatted_without_complaint(self):
        done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", DOCS / "saddle.1"], capture_output=True)
        self.assertEqual(done.stderr, b"")
        self.assertIn(b"adversarial training", done.stdout)


if __name__ == "__main__":
    unittest.main()
