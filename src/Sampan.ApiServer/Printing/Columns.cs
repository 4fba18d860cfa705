using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing;

/// <summary>Makes columns.</summary>
internal static class Columns
{
    public static Column<T> Name<T>()
        where T : IObject => Make<T>("Name", "string", "The object's name.", (o, _) => o.Metadata.Name, format: "name");

    public static Column<T> Age<T>()
        where T : IObject =>
        Make<T>("Age", "string", "The time since the object was created.", (o, now) => HumanDuration.Since(o.Metadata.CreationTimestamp, now));

    public static Column<T> Text<T>(string name, string description, Func<T, string?> cellOf) =>
        Make<T>(name, "string", description, (o, _) => cellOf(o));

    public static Column<T> Number<T>(string name, string description, Func<T, long> cellOf) =>
        Make<T>(name, "integer", description, (o, _) => cellOf(o));

    public static Column<T> Flag<T>(string name, string description, Func<T, bool> cellOf) =>
        Make<T>(name, "boolean", description, (o, _) => cellOf(o));

    /// <summary>A cell that depends on the time, or whose JSON type differs from the column's.</summary>
    public static Column<T> Make<T>(string name, string type, string description, Func<T, DateTimeOffset, Cell> cellOf, string format = "") =>
        new(new TableColumnDefinition { Name = name, Type = type, Format = format, Description = description }, cellOf);
}
