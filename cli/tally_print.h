/*
 * tally_print.h - figures as people read them, as JSON and as CSV. Every one comes with its
 * definition; a rate of nothing is "—" (JSON: null).
 */
#ifndef CLI_TALLY_PRINT_H
#define CLI_TALLY_PRINT_H

#include "base/err.h"
#include "office/tally.h"

struct tally_print {
	const struct tally *tally;
	const struct office *office;
	bool broken; /* only the promises that were not kept, on one page */
	const char *names[3]; /* of the periods: "2026Q3" "2026Q2" "2025Q3", NULL: none */
};

enum err_code tally_print_text(const struct tally_print *p, struct err *e);
enum err_code tally_print_json(const struct tally_print *p, struct err *e);
enum err_code tally_print_csv(const struct tally_print *p, struct err *e);

/* One figure as text: "41", "80.5%", "12.3", "—". */
#define TALLY_CELL_SIZE 32
void tally_cell(const struct tally_row *r, size_t column, char out[TALLY_CELL_SIZE]);
/* What stands for a row's label. */
const char *tally_label(const struct tally_print *p, const struct tally_row *r);

#endif
