namespace Sampan.Client;

/// <summary>Query parameters of create, update and patch.</summary>
public sealed record WriteOptions
{
    /// <summary>Validate and answer, but store nothing.</summary>
    public bool DryRun { get; init; }

    public string? FieldManager { get; init; }

    /// <summary>Strict, Warn or Ignore.</summary>
    public string? FieldValidation { get; init; }
}
