using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing;

/// <summary>One column of a kind's table.</summary>
/// <param name="Definition">The heading.</param>
/// <param name="CellOf">The cell of an object at a moment.</param>
internal sealed record Column<T>(TableColumnDefinition Definition, Func<T, DateTimeOffset, Cell> CellOf)
{
    /// <summary>Shown with -o wide only.</summary>
    public Column<T> Wide()
    {
        Definition.Priority = 1;
        return this;
    }
}
