namespace Sampan.Store;

/// <summary>The store cannot do what was asked. The message says what to do about it.</summary>
public class StoreException : Exception
{
    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
