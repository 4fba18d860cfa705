namespace Sampan.Scheduler.Configuration;

/// <summary>Arguments of a plugin. A new object has the defaults.</summary>
public interface IPluginArgs
{
    void Validate(FieldPath path, FieldErrors errors);
}
