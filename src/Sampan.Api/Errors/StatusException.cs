using Sampan.Api.Meta.V1;

namespace Sampan.Api;

/// <summary>A failed request, as the status object that the client receives. Server and client throw the same exception.</summary>
public sealed partial class StatusException : Exception
{
    public StatusException(Status status)
        : base(status.Message) => Status = status;

    public StatusException(Status status, Exception? innerException)
        : base(status.Message, innerException) => Status = status;

    public StatusException()
        : this("")
    {
    }

    public StatusException(string message)
        : this(message, null)
    {
    }

    public StatusException(string message, Exception? innerException)
        : this(Failure(500, StatusReasons.InternalError, message), innerException)
    {
    }

    public Status Status { get; }

    /// <summary>The HTTP status code.</summary>
    public int Code => Status.Code;

    public string Reason => Status.Reason ?? "";

    public bool IsNotFound => Is(StatusReasons.NotFound, 404);

    public bool IsAlreadyExists => Reason == StatusReasons.AlreadyExists;

    public bool IsConflict => Is(StatusReasons.Conflict, 409);

    public bool IsInvalid => Is(StatusReasons.Invalid, 422);

    public bool IsGone => Is(StatusReasons.Gone, 410) || IsExpired;

    /// <summary>The resourceVersion or continue token is too old: list again.</summary>
    public bool IsExpired => Reason == StatusReasons.Expired;

    public bool IsUnauthorized => Is(StatusReasons.Unauthorized, 401);

    public bool IsForbidden => Is(StatusReasons.Forbidden, 403);

    public bool IsBadRequest => Is(StatusReasons.BadRequest, 400);

    public bool IsMethodNotSupported => Is(StatusReasons.MethodNotAllowed, 405);

    public bool IsTimeout => Is(StatusReasons.Timeout, 504);

    public bool IsServerTimeout => Reason == StatusReasons.ServerTimeout;

    public bool IsTooManyRequests => Is(StatusReasons.TooManyRequests, 429);

    public bool IsServiceUnavailable => Is(StatusReasons.ServiceUnavailable, 503);

    public bool IsInternalError => Is(StatusReasons.InternalError, 500);

    /// <summary>How long the server asks to wait before the next attempt.</summary>
    public TimeSpan? RetryAfter => Status.Details is { RetryAfterSeconds: > 0 and var seconds } ? TimeSpan.FromSeconds(seconds) : null;

    public bool HasCause(string causeType) => Status.Details?.Causes?.Exists(cause => cause.Reason == causeType) == true;

    // A known reason decides; the code counts where another server gave none that is known.
    private bool Is(string reason, int code) => Reason == reason || (Code == code && Reason is ("" or StatusReasons.Unknown));
}
