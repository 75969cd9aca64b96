#include "report/class_style.h"

enum sheet_style class_style(enum risk_class risk_class) {
    return (enum sheet_style)(SHEET_CLASS_A + (int)risk_class);
}
