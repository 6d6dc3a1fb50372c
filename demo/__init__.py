"""What only the demo and the tests need: its people, its catalogue, the payment stand-in. All made
by the portal's services.
"""
