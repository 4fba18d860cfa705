namespace Sampan.ApiServer.Authentication.Tokens;

/// <summary>A token that is understood but not valid. The message never holds the token.</summary>
internal sealed class TokenException : Exception
{
    public TokenException()
    {
    }

    public TokenException(string message)
        : base(message)
    {
    }

    public TokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
