# Python starts here.
from my_script import greet

if __name__ == "__main__":
    greet()
