using System.Net.Sockets;
using System.Text;
using Sampan.Api.Meta.V1;

namespace Sampan.Client.Http;

/// <summary>Turns refusals and broken connections into exceptions that say what happened.</summary>
internal static class HttpFailure
{
    private const string RetryAfterKey = "Sampan.RetryAfter";

    /// <summary>The wait that the server asked for with this failure, when it did.</summary>
    public static TimeSpan? RetryAfter(Exception e) => e.Data[RetryAfterKey] as TimeSpan?;

    public static StatusException From(ApiRequest request, HttpResponseMessage response, byte[] body)
    {
        var code = (int)response.StatusCode;
        var failure = new StatusException(Parse(body) ?? Generic(request, code, body));
        if ((code == 429 || code >= 500) && response.Headers.RetryAfter?.Delta is { } after) failure.Data[RetryAfterKey] = after;
        return failure;
    }

    public static ApiConnectionException From(string request, Exception e)
    {
        var root = e.GetBaseException();
        var kind = (e as HttpRequestException)?.HttpRequestError;
        var reason = kind == HttpRequestError.SecureConnectionError ? $"TLS failed: {(e.InnerException ?? e).Message}" : root switch
        {
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused: is the API server running there?",
            _ => root.Message,
        };
        var notSent = kind is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
        return new ApiConnectionException($"{request}: {reason}", e) { NotSent = notSent, IsTlsFailure = kind == HttpRequestError.SecureConnectionError };
    }

    private static Status? Parse(byte[] body)
    {
        try
        {
            if (body.AsSpan().StartsWith("k8s\0"u8)) return TypedProto.Decode<Status>(body);
            if (body.Length == 0 || body[0] != '{' || body.AsSpan().IndexOf("\"Status\""u8) < 0) return null;
            return JsonCodec.Decode<Status>(body);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>What a proxy or a plain handler says: no Status, so one is made from the code, as client-go does.</summary>
    private static Status Generic(ApiRequest request, int code, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 2048))).Trim();
        return new Status
        {
            StatusValue = "Failure",
            Code = code,
            Reason = Reason(code),
            Message = text.Length > 0 ? text : $"the server answered {request.Method} {request.Path} with code {code}",
        };
    }

    private static string Reason(int code) => code switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        409 => "Conflict",
        410 => "Gone",
        413 => "RequestEntityTooLarge",
        415 => "UnsupportedMediaType",
        422 => "Invalid",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        >= 500 => "InternalError",
        _ => "Unknown",
    };
}
