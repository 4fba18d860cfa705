namespace Sampan.Scheduler.Plugins.Devices;

/// <summary>Names of attributes and capacities: domain/name, where the domain of a driver's own may be left out.</summary>
internal static class QualifiedNames
{
    public static (string Domain, string Name) Split(string name, string driver) =>
        name.IndexOf('/') is var slash and >= 0 ? (name[..slash], name[(slash + 1)..]) : (driver, name);

    /// <summary>The entry of that name, and how it is written there.</summary>
    public static (string? Name, T? Value) Find<T>(IReadOnlyDictionary<string, T> entries, string name, string driver)
    {
        if (entries.TryGetValue(name, out var value)) return (name, value);
        var (domain, own) = Split(name, driver);
        if (domain != driver) return default;
        var other = name == own ? $"{driver}/{own}" : own;
        return entries.TryGetValue(other, out value) ? (other, value) : default;
    }
}
