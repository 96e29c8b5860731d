"""Lessons: what leads a class, or one student, from view to view of the app."""

from convviz.lectures.lesson import Lesson, LessonStep, Question, say
from convviz.lectures.reading import OWN_FOLDER, SHIPPED, LessonError, read_folder, read_lesson

__all__ = [
    "OWN_FOLDER",
    "SHIPPED",
    "Lesson",
    "LessonError",
    "LessonStep",
    "Question",
    "read_folder",
    "read_lesson",
    "say",
]
