using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Sampan.ApiServer.Bootstrap;

/// <summary>The address that others reach this host at.</summary>
internal static class LocalAddress
{
    /// <summary>The address itself, or, when it means all of them, the first of an interface that is up; null when there is only loopback.</summary>
    public static IPAddress? Reachable(IPAddress listen)
    {
        if (IPAddress.IsLoopback(listen))
        {
            return null;
        }
        if (!listen.Equals(IPAddress.Any) && !listen.Equals(IPAddress.IPv6Any))
        {
            return listen;
        }
        return NetworkInterface.GetAllNetworkInterfaces()
            .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Select(one => one.Address)
            .FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one));
    }
}
