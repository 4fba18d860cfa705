namespace Sampan.Integration.Tests.Conformance;

/// <summary>The sources that these tests were built from, and the reference files beside them.</summary>
internal static class Checkout
{
    public const string ReferenceMissing = "the reference files are not here: set SAMPAN_REFERENCE to the directory that holds conformance.yaml";

    public static string Root { get; } = Above("Sampan.slnx") ?? throw new InvalidOperationException("the tests do not run inside a checkout");

    /// <summary>A file of the reference: SAMPAN_REFERENCE, or shared/reference beside a parent folder. Null when there is none.</summary>
    public static string? Reference(string name)
    {
        var named = Environment.GetEnvironmentVariable("SAMPAN_REFERENCE");
        var folder = string.IsNullOrEmpty(named) ? Path.Combine(Above("shared") ?? "", "shared", "reference") : named;
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? file : null;
    }

    private static string? Above(string entry)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Path.Exists(Path.Combine(folder.FullName, entry))) folder = folder.Parent;
        return folder?.FullName;
    }
}
