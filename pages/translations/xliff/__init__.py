"""Files for translation agencies: pages in one language as XLIFF 2, and back into drafts.

A file names each page with the hashes of its English and of the translation's fields, and holds its words in segments. Blocks, their order and ids, links and telephone
numbers come from the English at the import, so that no translator can break them. What is exported is the public English with the
newest draft of the translation. What comes back is compared with both: a file is taken whole or not at all, a field of a page is
translated whole or left out, a field that has been changed here meanwhile is overwritten only where the user says so, and what is
taken becomes a draft that somebody publishes.

rich_text.py and units.py take texts apart and put them together; write.py and read.py know the format; services.py decides.
"""
