using Sampan.Api.Meta.V1;

namespace Sampan.Api;

/// <summary>One factory per reason, with upstream's code and message.</summary>
public sealed partial class StatusException
{
    /// <summary>The detail of a conflict on resourceVersion.</summary>
    public const string ObjectWasModified =
        "the object has been modified; please apply your changes to the latest version and try again";

    public static StatusException NotFound(GroupResource resource, string name) =>
        New(404, StatusReasons.NotFound, $"{resource} {GoText.Quote(name)} not found", Details(resource, name));

    /// <summary>No such path or resource type.</summary>
    public static StatusException GenericNotFound() => New(404, StatusReasons.NotFound, "the server could not find the requested resource", new());

    /// <summary>The path is there, but not for this method.</summary>
    public static StatusException GenericMethodNotAllowed() =>
        New(405, StatusReasons.MethodNotAllowed, "the server does not allow this method on the requested resource", new());

    public static StatusException AlreadyExists(GroupResource resource, string name) =>
        New(409, StatusReasons.AlreadyExists, $"{resource} {GoText.Quote(name)} already exists", Details(resource, name));

    public static StatusException GenerateNameConflict(GroupResource resource, string name, int retryAfterSeconds) => New(
        409,
        StatusReasons.AlreadyExists,
        $"{resource} {GoText.Quote(name)} already exists, the server was not able to generate a unique name for the object",
        Details(resource, name, retryAfterSeconds));

    public static StatusException Unauthorized(string reason = "Unauthorized") =>
        New(401, StatusReasons.Unauthorized, reason.Length == 0 ? "not authorized" : reason);

    public static StatusException Forbidden(GroupResource resource, string name, string reason)
    {
        string subject = resource == default || resource is { Group: "", Resource: "" } ? "forbidden"
            : name.Length == 0 ? $"{resource} is forbidden" : $"{resource} {GoText.Quote(name)} is forbidden";
        return New(403, StatusReasons.Forbidden, $"{subject}: {reason}", Details(resource, name));
    }

    public static StatusException Conflict(GroupResource resource, string name, string reason = ObjectWasModified) => New(
        409, StatusReasons.Conflict, $"Operation cannot be fulfilled on {resource} {GoText.Quote(name)}: {reason}", Details(resource, name));

    /// <summary>Server-side apply meets fields of other managers.</summary>
    public static StatusException ApplyConflict(IReadOnlyList<StatusCause> causes, string message) =>
        New(409, StatusReasons.Conflict, message, new StatusDetails { Causes = [.. causes] });

    public static StatusException Gone(string message) => New(410, StatusReasons.Gone, message);

    public static StatusException Expired(string message) => New(410, StatusReasons.Expired, message);

    public static StatusException Invalid(GroupKind kind, string name, FieldErrors errors)
    {
        string subject = $"{kind} {GoText.Quote(name)} is invalid";
        StatusDetails details = new() { Group = NullIfEmpty(kind.Group), Kind = kind.Kind, Name = NullIfEmpty(name) };
        if (!errors.Any)
        {
            return New(422, StatusReasons.Invalid, subject, details);
        }

        var told = errors.Told();
        details.Causes = [.. told.Select(one => ToCause(one.Error, one.Body))];
        return New(422, StatusReasons.Invalid, $"{subject}: {errors.Message(told)}", details);
    }

    public static StatusException BadRequest(string reason) => New(400, StatusReasons.BadRequest, reason);

    public static StatusException TooManyRequests(string message, int retryAfterSeconds = 0) => New(
        429, StatusReasons.TooManyRequests, message, new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    public static StatusException ServiceUnavailable(string reason) => New(503, StatusReasons.ServiceUnavailable, reason);

    public static StatusException MethodNotSupported(GroupResource resource, string action) => New(
        405,
        StatusReasons.MethodNotAllowed,
        $"{action} is not supported on resources of kind {GoText.Quote(resource.ToString())}",
        Details(resource, ""));

    public static StatusException ServerTimeout(GroupResource resource, string operation, int retryAfterSeconds = 0) => New(
        500,
        StatusReasons.ServerTimeout,
        $"The {operation} operation against {resource} could not be completed at this time, please try again.",
        Details(resource, operation, retryAfterSeconds));

    public static StatusException InternalError(string message, Exception? cause = null) => New(
        500,
        StatusReasons.InternalError,
        $"Internal error occurred: {message}",
        new StatusDetails { Causes = [new StatusCause { Message = message }] },
        cause);

    public static StatusException Timeout(string message, int retryAfterSeconds = 0) => New(
        504, StatusReasons.Timeout, $"Timeout: {message}", new StatusDetails { RetryAfterSeconds = retryAfterSeconds });

    public static StatusException RequestEntityTooLarge(string message) =>
        New(413, StatusReasons.RequestEntityTooLarge, $"Request entity too large: {message}");

    public static StatusException NotAcceptable(IEnumerable<string> accepted) => New(
        406, StatusReasons.NotAcceptable, $"only the following media types are accepted: {string.Join(", ", accepted)}");

    public static StatusException NotAcceptable(string message) => New(406, StatusReasons.NotAcceptable, message);

    public static StatusException UnsupportedMediaType(IEnumerable<string> accepted) => New(
        415,
        StatusReasons.UnsupportedMediaType,
        $"the body of the request was in an unknown format - accepted media types include: {string.Join(", ", accepted)}");

    private static StatusException New(int code, string reason, string message, StatusDetails? details = null, Exception? cause = null)
    {
        Status status = Failure(code, reason, message);
        status.Details = details;
        return new StatusException(status, cause);
    }

    private static Status Failure(int code, string reason, string message) =>
        new() { StatusValue = "Failure", Code = code, Reason = reason, Message = message };

    private static StatusDetails Details(GroupResource resource, string name, int retryAfterSeconds = 0) => new()
    {
        Group = NullIfEmpty(resource.Group),
        Kind = NullIfEmpty(resource.Resource),
        Name = NullIfEmpty(name),
        RetryAfterSeconds = retryAfterSeconds,
    };

    private static StatusCause ToCause(FieldError error, string body) =>
        new() { Reason = error.Type.ToCauseType(), Message = body, Field = error.Field };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
