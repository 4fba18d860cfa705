namespace Sampan.Api.Tests.Fixtures;

/// <summary>Where the reference files are: SAMPAN_REFERENCE, or ../shared/reference beside the repository.</summary>
internal static class ReferenceDirectory
{
    public const string Missing = "the reference files are not here: set SAMPAN_REFERENCE to the directory that holds fixtures/";

    public static string? Path { get; } = Find();

    public static string? Fixtures => Path is null ? null : System.IO.Path.Combine(Path, "fixtures");

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("SAMPAN_REFERENCE") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        for (DirectoryInfo? here = new(AppContext.BaseDirectory); here is not null; here = here.Parent)
        {
            string candidate = System.IO.Path.Combine(here.FullName, "shared", "reference");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
