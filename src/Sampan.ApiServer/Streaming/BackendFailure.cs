using System.Net.Sockets;
using System.Security.Authentication;

namespace Sampan.ApiServer.Streaming;

/// <summary>Why a kubelet or another server behind this one could not be reached.</summary>
internal static class BackendFailure
{
    public static bool Is(Exception e) => e is HttpRequestException or IOException or SocketException or AuthenticationException;

    /// <summary>What is wrong with a certificate is said by the TLS library, not by the HTTP client around it.</summary>
    public static string Reason(Exception e) => e is AuthenticationException or HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }
        ? "tls: " + e.GetBaseException().Message
        : e.Message;
}
