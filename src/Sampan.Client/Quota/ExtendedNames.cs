using Sampan.Client.Pods;

namespace Sampan.Client.Quota;

/// <summary>The names under which quotas limit extended resources, whether a node's own or served by a class of devices.</summary>
internal static class ExtendedNames
{
    private const string Requests = "requests.";

    public static bool IsForQuotas(string name) =>
        name.StartsWith(Requests, StringComparison.Ordinal) && IsResource(name[Requests.Length..]);

    /// <summary>Whether pods ask for it as an extended resource: example.com/gpu, deviceclass.resource.kubernetes.io/CLASS.</summary>
    public static bool IsResource(string name) => name.StartsWith(ExtendedResourceNames.DeviceClassPrefix, StringComparison.Ordinal) || !IsNative(name);

    /// <summary>example.com/gpu is limited as requests.example.com/gpu.</summary>
    public static string InQuotas(string resource) => Requests + resource;

    /// <summary>The name that every class of devices has.</summary>
    public static string OfDeviceClass(string className) => Requests + ExtendedResourceNames.DeviceClassPrefix + className;

    private static bool IsNative(string name) =>
        !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);
}
