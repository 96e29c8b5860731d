"""The room: phones that follow the lecturer's step and answer questions.

The lecturer's browser opens a room and tells it what is shown (`requests`). Each phone loads one small page and
then hears of every change by server-sent events. Only the holder of the room's secret can steer it or read the
answers. A room lives in the memory of one process and asks nothing personal.
"""

from convviz.web.room.requests import room_routes

__all__ = ["room_routes"]
