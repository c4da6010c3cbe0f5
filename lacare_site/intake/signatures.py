"""The harmless file by which everybody tests virus scanners; found with or without a scanner.

https://www.eicar.org/download-anti-malware-testfile/: written in two halves, so that no scanner takes this file for it.
"""

TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def has_test_virus(content) -> bool:
    """`content` is bytes or a memory map."""
    return content.find(TEST_VIRUS) >= 0
