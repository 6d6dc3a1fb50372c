"""What only the demo and the tests need: its people, its catalogue, the payment stand-in. The
portal's own services make the data.
"""
