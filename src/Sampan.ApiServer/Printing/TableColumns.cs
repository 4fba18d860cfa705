using System.Text.Json;
using Sampan.Api;
using Sampan.Api.Meta.V1;

namespace Sampan.ApiServer.Printing;

/// <summary>The columns in which objects of one kind are listed, and how their cells are made.</summary>
internal abstract class TableColumns
{
    /// <summary>For kinds that no one has drawn columns for.</summary>
    public static TableColumns Default { get; } = new TableColumns<IObject>
    {
        Columns.Name<IObject>(),
        Columns.Make<IObject>("Created At", "date", "When the object was created.", (o, _) => o.Metadata.CreationTimestamp?.ToString()),
    };

    public abstract IReadOnlyList<TableColumnDefinition> Definitions { get; }

    /// <summary>The order of the rows of a list; null is the list's own.</summary>
    public virtual IComparer<IObject>? Order => null;

    /// <summary>Writes the cells as a JSON array.</summary>
    public abstract void WriteCells(Utf8JsonWriter writer, IObject value, DateTimeOffset now);

    /// <summary>The cells of one object, in the order of the definitions.</summary>
    public abstract IReadOnlyList<Cell> Cells(IObject value, DateTimeOffset now);

    /// <summary>Marks on the row, such as Completed.</summary>
    public virtual IReadOnlyList<TableRowCondition> Conditions(IObject value) => [];
}
