namespace Sampan.Client;

/// <summary>The API server gave no (complete) answer: refused, reset, timed out, or not trusted.</summary>
public sealed class ApiConnectionException : IOException
{
    public ApiConnectionException()
    {
    }

    public ApiConnectionException(string message)
        : base(message)
    {
    }

    public ApiConnectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>True when the request cannot have reached the server, so that sending it again is safe for any verb.</summary>
    public bool NotSent { get; init; }

    /// <summary>True when trying again cannot help: the server is not trusted, or does not trust the client's certificate.</summary>
    public bool IsTlsFailure { get; init; }
}
