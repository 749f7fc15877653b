class FilterModule:
    def filters(self):
        return {"shout": str.upper}
