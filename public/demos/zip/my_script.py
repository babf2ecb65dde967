def greet():
    print("Hello from my_script.py")
